/** Whether an entity is in use, or deleted and kept until garbage collection. */
export type LifecycleStage = 'active' | 'deleted';

/** Which lifecycle stages an answer shall hold. */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

/** The stages that a view shows. */
export function stagesOf(view: ViewType): readonly LifecycleStage[] {
  switch (view) {
    case 'ACTIVE_ONLY':
      return ['active'];
    case 'DELETED_ONLY':
      return ['deleted'];
    case 'ALL':
      return ['active', 'deleted'];
    default:
      return view satisfies never;
  }
}

/** The stage that a column holds. */
export function lifecycleStage(column: string | null): LifecycleStage {
  return column === 'deleted' ? 'deleted' : 'active';
}
