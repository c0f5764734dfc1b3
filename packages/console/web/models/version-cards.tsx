import type { ModelVersion } from '../api/models.js';
import { formatTime } from '../format/time.js';
import { hrefOf } from '../route/route.js';
import { PromoteButton } from './promote-button.js';

/** Versions that runs made, each with the way to production. */
export function VersionCards(props: { readonly versions: readonly ModelVersion[]; readonly onChange: () => void }) {
  return (
    <ul class="cards">
      {props.versions.map((version) => (
        <li key={`${version.name}/${version.version}`} class="sheet">
          <p>
            <a href={hrefOf({ page: 'model', name: version.name })}>
              {version.name}, version {version.version}
            </a>{' '}
            {version.aliases.map((alias) => (
              <span key={alias} class="alias">
                {alias}
              </span>
            ))}
          </p>
          <p class="hint">{formatTime(version.createdAt)}</p>
          <PromoteButton version={version} onChange={props.onChange} />
        </li>
      ))}
    </ul>
  );
}
