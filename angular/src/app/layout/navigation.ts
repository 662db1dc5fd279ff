/** One entry of the left navigation: named by the job, shown only to roles that may open it. */
export interface NavigationEntry {
  readonly path: string;
  readonly textKey: string;
  readonly icon: string;
  /** Any of these permissions shows the entry; `Pilots.*` means any of the module. Empty: everybody. */
  readonly anyOf: readonly string[];
  /** The number that stands beside it: tasks of flows that wait for the person. */
  readonly counts?: 'tasks';
}

/** Icons are own outlines on a 20 × 20 grid: no icon font, nothing to load. */
export const NAVIGATION: readonly NavigationEntry[] = [
  {
    path: '/workbench',
    textKey: 'nav.workbench',
    icon: 'M3 4h14v9H3z M7 17h6 M10 13v4',
    anyOf: [],
  },
  {
    path: '/workflows/inbox',
    textKey: 'nav.inbox',
    icon: 'M3 4h14v12H3z M3 11h4l1 2h4l1-2h4',
    anyOf: [],
    counts: 'tasks',
  },
  {
    path: '/programmes',
    textKey: 'nav.programmes',
    icon: 'M5 2h7l4 4v12H5z M12 2v4h4 M8 10h5 M8 13h5',
    anyOf: ['Programmes.*'],
  },
  {
    path: '/pilots',
    textKey: 'nav.pilots',
    icon: 'M4 17V3 M4 4h11l-3 3.5L15 11H4',
    anyOf: ['Pilots.*'],
  },
  {
    path: '/review',
    textKey: 'nav.review',
    icon: 'M4 3h12v14H4z M7 10l2 2 4-4',
    anyOf: ['Pilots.Deliverables.Review'],
  },
  {
    path: '/assessment',
    textKey: 'nav.assessment',
    icon: 'M4 17V9 M10 17V3 M16 17v-6 M2 17h16',
    anyOf: ['Assessment.*'],
  },
  {
    path: '/replication',
    textKey: 'nav.replication',
    icon: 'M10 5c-2-2-5-2-7-1v12c2-1 5-1 7 1 2-2 5-2 7-1V4c-2-1-5-1-7 1z M10 5v12',
    anyOf: ['Replication.*'],
  },
  {
    path: '/insights',
    textKey: 'nav.insights',
    icon: 'M3 14a7 7 0 0 1 14 0 M10 14l3-5 M2 17h16',
    anyOf: ['Insights.*'],
  },
  {
    path: '/workflows/definitions',
    textKey: 'nav.workflows',
    icon: 'M2 7h5v6H2z M13 7h5v6h-5z M7 10h6 M11 8l2 2-2 2',
    anyOf: ['Workflows.*'],
  },
  {
    path: '/administration',
    textKey: 'nav.administration',
    icon: 'M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6z M10 2v3 M10 15v3 M2 10h3 M15 10h3 M4.5 4.5l2 2 M13.5 13.5l2 2 M15.5 4.5l-2 2 M6.5 13.5l-2 2',
    anyOf: ['Regions.*', 'Identity.*', 'Audit.*', 'Administration.*'],
  },
];
