import { allModels, type RegisteredModel } from '../api/models.js';
import { formatTime } from '../format/time.js';
import { EmptyNotice, Loaded } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { hrefOf } from '../route/route.js';

/** All registered models. */
export function ModelsPage() {
  const models = useResource(allModels, []);
  return (
    <>
      <h1>Models</h1>
      <Loaded resource={models} what="models">
        {(found) => (found.length === 0 ? <NoModels /> : <ModelTable models={found} />)}
      </Loaded>
    </>
  );
}

function ModelTable({ models }: { models: readonly RegisteredModel[] }) {
  return (
    <div class="wide sheet" role="region" aria-label="Models" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Aliases</th>
            <th scope="col" class="number">
              Newest version
            </th>
            <th scope="col">Changed</th>
            <th scope="col">Description</th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.name}>
              <th scope="row">
                <a href={hrefOf({ page: 'model', name: model.name })}>{model.name}</a>
              </th>
              <td>
                {[...model.aliases].map(([alias, version]) => (
                  <span key={alias} class="alias">
                    {alias}: version {version}
                  </span>
                ))}
              </td>
              <td class="number">{model.newest ?? 'none'}</td>
              <td>{formatTime(model.updatedAt)}</td>
              <td>{model.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NoModels() {
  return (
    <EmptyNotice title="No models yet">
      <p>
        A training that registers its model, or <code>mlflow.register_model</code>, puts one here.
      </p>
    </EmptyNotice>
  );
}
