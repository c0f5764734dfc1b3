import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A button that unfolds a panel; a click elsewhere or Escape folds it up. */
export function Popover({ label, children }: { label: ComponentChildren; children: ComponentChildren }) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const fold = (event: Event) => {
      const { current } = details;
      if (current?.open !== true) return;
      const isInside = event.target instanceof Node && current.contains(event.target);
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        if (isInside) current.querySelector('summary')?.focus();
      } else if (isInside) return;
      current.open = false;
    };
    document.addEventListener('pointerdown', fold);
    document.addEventListener('keydown', fold);
    return () => {
      document.removeEventListener('pointerdown', fold);
      document.removeEventListener('keydown', fold);
    };
  }, []);
  return (
    <details class="popover" ref={details}>
      <summary class="quiet">{label}</summary>
      <div class="panel">{children}</div>
    </details>
  );
}
