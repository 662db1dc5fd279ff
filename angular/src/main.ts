import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';

// A start-up failure has no screen of its own yet, so the console is the only place left to say it.
// eslint-disable-next-line no-console
bootstrapApplication(App, appConfig).catch((error: unknown) => console.error(error));
