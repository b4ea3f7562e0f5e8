export { decide, type PolicyAnswer, type PolicyDecision, type PolicyQuestion } from './decide.ts';
export {
  type AftersalesType,
  type Evidence,
  EVIDENCES,
  fits,
  type Freight,
  FREIGHTS,
  type Reason,
  REASON_CODES,
  REASONS,
  type Review,
  REVIEWS,
  TYPES,
} from './domain/vocabulary.ts';
export type { Refused } from './domain/decide.ts';
export { policyPermissions } from './permissions.ts';
export { policyRoutes } from './routes.ts';
export { agreedPolicies } from './store/versions.ts';
