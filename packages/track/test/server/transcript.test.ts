import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences } from './deliberate-differences.js';
import { openServer, type ServerInTest } from './open-server.js';
import { asRead, readTranscript, Replay, type Step } from './replay.js';

describe("MLflow's transcript", () => {
  let server: ServerInTest;
  let replay: Replay;

  beforeAll(async () => {
    server = await openServer();
    replay = new Replay(server.app);
  });
  afterAll(async () => {
    await server.close();
  });

  const unused = new Set(Object.keys(differences));

  for (const section of readTranscript()) {
    describe(section.title, () => {
      for (const step of section.steps) {
        it(step.title, async () => {
          const expected = expectedAnswer(section.title, step);
          expect(asRead(await replay.send(step))).toEqual(asRead(expected));
        });
      }
    });
  }

  it('has every deliberate difference', () => {
    expect([...unused]).toEqual([]);
  });

  function expectedAnswer(section: string, { title, status, answerHeaders, answer }: Step): object {
    const key = `${section}: ${title}`;
    unused.delete(key);
    const { why: _why, ...difference } = differences[key] ?? {};
    return { status, ...(answerHeaders === undefined ? {} : { answerHeaders }), answer, ...difference };
  }
});
