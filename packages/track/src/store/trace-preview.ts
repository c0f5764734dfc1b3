/** The most characters of a preview. */
const MAX_LENGTH = 1000;

/**
 * What lists of traces show of a request or answer, by MLflow's rules: its JSON, or, where it is a conversation in one of
 * OpenAI's formats, the text of the last message of a role.
 *
 * @param content The root span as it is stored.
 * @param attribute Where its inputs or outputs are.
 */
export function spanPreview(content: string, attribute: string, role: 'user' | 'assistant'): string | null {
  const json = content.includes(attribute) ? field(field(parsed(content), 'attributes'), attribute) : undefined;
  if (typeof json !== 'string') return null;
  const messages = messagesOf(parsed(json));
  const last = messages.findLast((message) => field(message, 'role') === role) ?? messages.at(-1);
  const text = textOf(field(last, 'content')) || json;
  const characters = [...text];
  return characters.length <= MAX_LENGTH ? text : `${characters.slice(0, MAX_LENGTH - 3).join('')}...`;
}

function messagesOf(value: unknown): readonly unknown[] {
  const [listed, chosen, input] = ['messages', 'choices', 'input'].map((name) => field(value, name));
  if (Array.isArray(listed)) return listed.filter(isMessage);
  const answer = Array.isArray(chosen) ? field(chosen[0], 'message') : undefined;
  if (isMessage(answer)) return [answer];
  for (const list of [input, field(value, 'output')]) if (Array.isArray(list)) return list.filter(isMessage);
  const request = field(value, 'request');
  return request === undefined ? [] : messagesOf(request);
}

function isMessage(value: unknown): boolean {
  return field(value, 'role') !== undefined && field(value, 'content') !== undefined;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  const text = parts
    .map((part) => (['text', 'output_text'].includes(String(field(part, 'type'))) ? field(part, 'text') : part))
    .find((part) => typeof part === 'string');
  return typeof text === 'string' ? text : '';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Reflect.get(value, name) : undefined;
}
