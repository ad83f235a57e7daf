import { parentIndex } from './waterfallModel.ts';

/** A tree, and where in it one is. */
export interface TreePlace {
  readonly rows: readonly { readonly depth: number; readonly hasChildren: boolean }[];
  /** Indices of rows that are not folded away. */
  readonly visible: readonly number[];
  readonly collapsed: ReadonlySet<number>;
  readonly active: number;
}

/** What a key does: goes to a row, folds or unfolds the row, or chooses it. */
export interface TreeMove {
  readonly to: number;
  readonly toggle?: boolean;
  readonly select?: boolean;
}

const PAGE = 10;

/** What a key does in a tree, as tree grids are used; `undefined` for keys that mean nothing there. */
export function treeMove(key: string, { rows, visible, collapsed, active }: TreePlace): TreeMove | undefined {
  const place = visible.indexOf(active);
  const at = (line: number): TreeMove => ({ to: visible[Math.min(visible.length - 1, Math.max(0, line))] ?? active });
  const isOpen = rows[active]?.hasChildren === true && !collapsed.has(active);
  switch (key) {
    case 'ArrowDown':
      return at(place + 1);
    case 'ArrowUp':
      return at(place - 1);
    case 'PageDown':
      return at(place + PAGE);
    case 'PageUp':
      return at(place - PAGE);
    case 'Home':
      return at(0);
    case 'End':
      return at(visible.length - 1);
    case 'ArrowRight':
      if (collapsed.has(active)) return { to: active, toggle: true };
      return isOpen ? at(place + 1) : { to: active };
    case 'ArrowLeft':
      if (isOpen) return { to: active, toggle: true };
      return { to: Math.max(parentIndex(rows, active), visible[0] ?? active) };
    case 'Enter':
    case ' ':
      return { to: active, select: true };
    default:
      return undefined;
  }
}
