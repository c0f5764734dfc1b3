import { parser } from '@prometheus-io/lezer-promql';

/** A query as Grafana's variables leave it, for parsers that know nothing of them. */
export function withoutVariables(query: string): string {
  return query
    .replaceAll('$__rate_interval', '1m')
    .replaceAll('$__range', '1h')
    .replaceAll(/=~"\$\w+"/g, '=~".*"')
    .replaceAll(/="\$\w+"/g, '="x"');
}

/** The places where a query is no PromQL. */
export function syntaxErrors(query: string): readonly string[] {
  const found: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) found.push(`${query.slice(0, from)}⟨${query.slice(from, to)}⟩${query.slice(to)}`);
    },
  });
  return found;
}

/** The names of the metrics that a query reads. */
export function metricsIn(query: string): readonly string[] {
  const names: string[] = [];
  parser.parse(query).iterate({
    enter: ({ node }) => {
      if (node.name !== 'VectorSelector') return;
      const name = node.getChild('Identifier');
      if (name !== null) names.push(query.slice(name.from, name.to));
    },
  });
  return names;
}
