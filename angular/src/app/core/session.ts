/** What `GET /api/session` answers. */
export interface Session {
  readonly isAuthenticated: boolean;
  readonly user: SessionUser | null;
  readonly region: SessionRegion | null;
  readonly officeName: string | null;
  readonly roles: readonly SessionRole[];
  readonly permissions: readonly string[];
  readonly mustChangePassword: boolean;
  readonly twoFactorEnabled: boolean;
  readonly language: string | null;
}

export interface SessionUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
}

export interface SessionRegion {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly path: string;
}

export interface SessionRole {
  readonly name: string;
  readonly displayName: string;
}

export const ANONYMOUS: Session = {
  isAuthenticated: false,
  user: null,
  region: null,
  officeName: null,
  roles: [],
  permissions: [],
  mustChangePassword: false,
  twoFactorEnabled: false,
  language: null,
};
