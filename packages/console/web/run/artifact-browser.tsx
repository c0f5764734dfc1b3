import { useState } from 'preact/hooks';
import { artifactsIn, type Artifact } from '../api/artifacts.js';
import { formatSize } from '../format/number.js';
import { Loaded } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { ArtifactPreview } from './artifact-preview.js';

/** The files of a run: folders to walk through, and the chosen file beside them. */
export function ArtifactBrowser({ runId }: { runId: string }) {
  const [folder, setFolder] = useState('');
  const [chosen, setChosen] = useState<Artifact | undefined>(undefined);
  const files = useResource((signal) => artifactsIn(runId, folder, signal), [runId, folder]);
  const enter = (path: string) => {
    setFolder(path);
    setChosen(undefined);
  };
  return (
    <section aria-labelledby="artifacts">
      <h2 id="artifacts">Artifacts</h2>
      <Loaded resource={files} what="artifacts">
        {(found) =>
          found.length === 0 && folder === '' ? (
            <p class="hint">It left no files.</p>
          ) : (
            <div class="artifacts">
              <div class="sheet files">
                {folder !== '' && (
                  <button type="button" class="file" onClick={() => enter(folder.split('/').slice(0, -1).join('/'))}>
                    <span aria-hidden="true">↑ </span>
                    Out of {folder}
                  </button>
                )}
                <ul>
                  {found.map((file) => (
                    <li key={file.path}>
                      <button
                        type="button"
                        class="file"
                        aria-pressed={file.isFolder ? undefined : chosen?.path === file.path}
                        onClick={() => (file.isFolder ? enter(file.path) : setChosen(file))}
                      >
                        <span>
                          {file.path.split('/').at(-1)}
                          {file.isFolder && '/'}
                        </span>
                        <span class="hint">{file.isFolder ? 'folder' : formatSize(file.sizeBytes)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
              {chosen === undefined ? (
                <p class="hint">Choose a file to see it.</p>
              ) : (
                <ArtifactPreview key={chosen.path} runId={runId} file={chosen} />
              )}
            </div>
          )
        }
      </Loaded>
    </section>
  );
}
