// The wording of an error before its details are known, read from the source of its message function.

import ts from 'typescript';

/**
 * What a message function writes, as HTML, with the names of the details in the places of their values:
 * `tray <i>tray</i> is jammed`. A part that is not always there stands in brackets.
 */
export function messagePattern(message) {
  const source = ts.createSourceFile('message.js', `(${asFunction(message)})`, ts.ScriptTarget.ES2023, true);
  const body = source.statements[0].expression.expression.body;
  const written = ts.isBlock(body) ? body.statements.find(ts.isReturnStatement).expression : body;
  return wording(written)
    .trim()
    .replace(/\s*\n\s*/g, '<br>');
}

/** A method's source, `message(d) {...}`, is no expression by itself. */
function asFunction(message) {
  const text = message.toString();
  return /^(async\s+)?(function\b|\(|\w+\s*=>)/.test(text) ? text : `function ${text}`;
}

function wording(node) {
  if (ts.isParenthesizedExpression(node)) return wording(node.expression);
  if (ts.isStringLiteralLike(node)) return escaped(node.text);
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map((span) => wording(span.expression) + escaped(span.literal.text));
    return escaped(node.head.text) + rest.join('');
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return wording(node.left) + wording(node.right);
  }
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [wording(node.whenTrue), wording(node.whenFalse)];
    if (yes === '' || no === '') return `[${yes}${no}]`;
    return `${yes} or ${no}`;
  }
  return repeated(node) ?? `<i>${detail(node)}</i>`;
}

/** `d.problems.map((p) => \`${p.path}: ...\`).join('\n')`: the wording of one of them. */
function repeated(node) {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  if (node.expression.name.text === 'join') return repeated(node.expression.expression);
  const each = node.arguments[0];
  if (node.expression.name.text !== 'map' || each === undefined || !ts.isArrowFunction(each)) return undefined;
  return ts.isTemplateExpression(each.body) ? wording(each.body) : undefined;
}

/** The name of the detail that an expression starts from: `known` for `d.known.slice(0, 3).join(', ')`. */
function detail(node) {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) {
    if (node.name.text === 'length') return `number of ${detail(node.expression)}`;
    return node.name.text;
  }
  if (ts.isCallExpression(node)) {
    const callee = node.expression;
    const isMethodOfDetail = ts.isPropertyAccessExpression(callee) && !/^[A-Z]/.test(callee.expression.getText());
    if (isMethodOfDetail) return detail(callee.expression);
    return node.arguments.length > 0 ? detail(node.arguments[0]) : callee.getText();
  }
  return node.getText();
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
