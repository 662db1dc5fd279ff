import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { DashboardAreaDto } from '@api/models/dashboard-area-dto';

/** A shape as map files have it: the id is the six-digit code. */
interface Feature {
  readonly id: string;
  readonly properties: { readonly name: string };
}

interface Shapes {
  readonly features: readonly Feature[];
}

/** The map files that are there, by the code of the region that they draw. */
const LAYERS: Readonly<Record<string, string>> = { '320000': '/maps/320000.json' };

/** Brings the shapes of a region into the chart library, which is loaded only for that. */
@Injectable({ providedIn: 'root' })
export class ProvinceMaps {
  private readonly http = inject(HttpClient);

  has(adcode: string | null): adcode is string {
    return adcode !== null && adcode in LAYERS;
  }

  /** Registers the map and returns its name. Shapes take the names of our areas, found by code, not by spelling. */
  async register(adcode: string, areas: readonly DashboardAreaDto[]): Promise<string> {
    const file = LAYERS[adcode];
    if (!file) {
      throw new Error(`There is no map of ${adcode}.`);
    }
    const [shapes, { echarts }] = await Promise.all([
      firstValueFrom(this.http.get<Shapes>(file)),
      import('../ui/echarts'),
    ]);
    const name = 'area-' + adcode;
    echarts.registerMap(name, named(shapes, areas) as unknown as Parameters<typeof echarts.registerMap>[1]);
    return name;
  }
}

export function named(shapes: Shapes, areas: readonly DashboardAreaDto[]): Shapes {
  const names = new Map(areas.map((area) => [area.adcode, area.shortName]));
  return {
    ...shapes,
    features: shapes.features.map((feature) => ({
      ...feature,
      properties: { ...feature.properties, name: names.get(String(feature.id)) ?? feature.properties.name },
    })),
  };
}
