/** The demo people that etc/run.sh seeds. */
import { Person } from './sign-in';

const password = process.env['PILOT_PASSWORD'] ?? 'Pilot-2026-demo!';
const person = (userName: string): Person => ({ userName, password });

export const office = person('js.coordinator');
export const leader = person('js.leader');
export const assessor1 = person('js.assessor1');
export const assessor2 = person('js.assessor2');
export const regionAdmin = person('js.admin');
export const securityAdmin = person('js.security');
export const auditor = person('js.auditor');
export const nantong = person('nt.coordinator');
export const yangzhou = person('yz.coordinator');
export const ganzhou = person('gz.coordinator');
export const operator = person('operator');
