import { randomInt } from 'node:crypto';

const qualities = (
  'able agile bold brave bright calm clean clear clever crisp curious daring deep eager early fair fast ' +
  'fine firm fond fresh gentle glad golden grand happy keen kind large light lively loyal lucid merry ' +
  'mild neat noble open patient polite proud quick quiet rare ready sharp silent smart steady sunny ' +
  'swift tall tidy vivid warm wise witty young'
).split(' ');
const things = (
  'acorn aspen badger beacon birch brook canyon cedar cloud comet coral crane dawn delta dune ember ' +
  'falcon fern finch fjord forest garden glacier grove harbor hawk heron island jay lagoon lake lark ' +
  'linden lynx maple meadow moon moss oak ocean otter owl panda pebble pine prairie raven reef river ' +
  'robin sparrow spring stone summit tern thistle tulip valley willow wren'
).split(' ');

/** A name for a run or model that nobody named, such as `keen-heron-417`. */
export function randomName(): string {
  const quality = qualities[randomInt(qualities.length)];
  const thing = things[randomInt(things.length)];
  return `${quality}-${thing}-${randomInt(1000)}`;
}
