import type { ComponentChildren } from 'preact';

/** The way back to the page above this one. */
export function Crumb({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <p class="crumb">
      <a href={href}>
        <span aria-hidden="true">← </span>
        {children}
      </a>
    </p>
  );
}
