// The wording of an error before its details are known, read from the source of its message function.

import ts from 'typescript';

/**
 * What a message function writes, as HTML, with the names of the details in the places of their values:
 * `tray <i>tray</i> is jammed`. A part that is not always there stands in brackets.
 */
export function messagePattern(message) {
  const source = ts.createSourceFile('message.js', `(${asFunction(message)})`, ts.ScriptTarget.ES2023, true);
  const body = source.statements[0].expression.expression.body;
  const statements = ts.isBlock(body) ? [...body.statements] : [];
  const locals = new Map(
    statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) =>
        declarationList.declarations.map((one) => [one.name.getText(), one.initializer]),
      ),
  );
  const written = ts.isBlock(body) ? statements.find(ts.isReturnStatement).expression : body;
  return wording(written, locals)
    .trim()
    .replace(/\s*\n\s*/g, '<br>');
}

/** A method's source, `message(d) {...}`, is no expression by itself. */
function asFunction(message) {
  const text = message.toString();
  return /^(async\s+)?(function\b|\(|\w+\s*=>)/.test(text) ? text : `function ${text}`;
}

function wording(node, locals) {
  const inner = (part) => wording(part, locals);
  if (ts.isParenthesizedExpression(node)) return inner(node.expression);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return escaped(node.text);
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map((span) => inner(span.expression) + escaped(span.literal.text));
    return escaped(node.head.text) + rest.join('');
  }
  if (isConcatenation(node)) return inner(node.left) + inner(node.right);
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [inner(node.whenTrue), inner(node.whenFalse)];
    if (yes === '' || no === '') return `[${yes}${no}]`;
    return `${yes} or ${no}`;
  }
  const each = mapped(node, locals);
  if (each !== undefined) return inner(each);
  const local = locals.get(node.getText());
  if (local !== undefined && isText(local, locals)) return inner(local);
  return `<i>${escaped(detail(node))}</i>`;
}

function isConcatenation(node) {
  const isSum = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return isSum && [node.left, node.right].some((side) => isText(side, new Map()) || isConcatenation(side));
}

function isText(node, locals) {
  if (ts.isConditionalExpression(node)) return isText(node.whenTrue, locals) || isText(node.whenFalse, locals);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || mapped(node, locals) !== undefined;
}

/** What each of several details becomes: the template in `d.problems.map((p) => \`${p.path}: ...\`).join('\n')`. */
function mapped(node, locals) {
  if (ts.isIdentifier(node) && locals.has(node.text)) return mapped(locals.get(node.text), new Map());
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  if (node.expression.name.text === 'join') return mapped(node.expression.expression, locals);
  const each = node.arguments[0];
  if (node.expression.name.text !== 'map' || each === undefined || !ts.isArrowFunction(each)) return undefined;
  return ts.isTemplateExpression(each.body) ? each.body : undefined;
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
  return node.getText().replace(/\b\w+\./g, '');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
