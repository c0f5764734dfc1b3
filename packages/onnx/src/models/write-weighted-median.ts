import { int, type Graph } from '../graph/graph.js';
import { ELEMENT } from '../graph/onnx-messages.js';

/** The first of each row's ascending answers at which half of the weight of all is reached. */
export function writeWeightedMedian(graph: Graph, answers: string, weights: Float64Array): string {
  const count = weights.length;
  const [ascending, order] = graph.addPair('TopK', [answers, graph.integers([count])], {
    axis: int(1),
    largest: int(0),
    sorted: int(1),
  });
  const reached = graph.add('CumSum', [
    graph.add('Gather', [graph.doubles(weights, [count]), order], { axis: int(0) }),
    graph.integers([1], []),
  ]);
  const whole = graph.add('Gather', [reached, graph.integers([count - 1])], { axis: int(1) });
  const isReached = graph.add('GreaterOrEqual', [reached, graph.add('Div', [whole, graph.doubles([2])])]);
  const first = graph.add('ArgMax', [graph.add('Cast', [isReached], { to: int(ELEMENT.double) })], { axis: int(1) });
  return graph.add('GatherElements', [ascending, first], { axis: int(1) });
}
