import { parseAst } from 'vite';

/**
 * Counts which branches of a module run: every function, arm, case, loop, handler and absent `else` gets a counter.
 * The parser is Vite's own; what is written in between never changes what the module does.
 */

/** Code with counters, how many there are, and the words its branches may ask for. */
export interface Instrumented {
  readonly code: string;
  readonly counters: number;
  readonly words: readonly string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const SHORTEST_WORD = 2;
const LONGEST_WORD = 40;

/** `code` with counters numbered from `first` on; `array`: the expression that holds them. */
export function instrument(code: string, first: number, array: string): Instrumented {
  const inserts: Insert[] = [];
  const words = new Set<string>();
  let counters = 0;
  const put = (at: number, text: string, order: number) => inserts.push({ at, ends: false, order, text });
  const close = (at: number, text: string, order: number) => inserts.push({ at, ends: true, order, text });
  const counter = () => {
    counters += 1;
    return `${array}[${first + counters - 1}]++`;
  };
  const around = ({ start, end }: Node, before: string, after: string) => {
    put(start, before, -(end - start));
    close(end, after, -start);
  };
  const expression = (node: unknown) => {
    if (isNode(node)) around(node, `(${counter()},`, ')');
  };
  const statement = (node: unknown) => {
    if (!isNode(node)) return;
    if (node.type === 'BlockStatement') put(node.start + 1, `${counter()};`, 0);
    else around(node, `{${counter()};`, '}');
  };
  const body = (node: unknown) => {
    if (!isNode(node)) return;
    if (node.type !== 'BlockStatement') return expression(node);
    const first = list(node, 'body').find((inner) => !('directive' in inner && inner.directive !== null));
    put(first?.start ?? node.end - 1, `${counter()};`, Number.NEGATIVE_INFINITY);
  };
  const visit = (node: Node) => {
    const at = (name: string): unknown => Object.entries(node).find(([key]) => key === name)?.[1];
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        body(at('body'));
        break;
      case 'IfStatement':
        statement(at('consequent'));
        if (isNode(at('alternate'))) statement(at('alternate'));
        else close(node.end, ` else {${counter()};}`, -node.start - 0.5);
        break;
      case 'ConditionalExpression':
        expression(at('consequent'));
        expression(at('alternate'));
        break;
      case 'LogicalExpression':
        expression(at('right'));
        break;
      case 'SwitchCase': {
        const [inner] = list(node, 'consequent');
        if (inner) put(inner.start, `${counter()};`, Number.NEGATIVE_INFINITY);
        break;
      }
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'CatchClause':
        statement(at('body'));
        break;
      case 'Literal': {
        const value = at('value');
        if (typeof value === 'string') words.add(value);
        break;
      }
      case 'Property': {
        const key = at('key');
        if (isNode(key) && 'name' in key && typeof key.name === 'string') words.add(key.name);
        break;
      }
    }
    for (const child of Object.values(node))
      for (const inner of Array.isArray(child) ? child : [child]) if (isNode(inner)) visit(inner);
  };
  visit(parseAst(code));

  let out = '';
  let from = 0;
  for (const { at, text } of inserts.sort(inOrder)) {
    out += code.slice(from, at) + text;
    from = at;
  }
  const kept = [...words].filter(({ length }) => length >= SHORTEST_WORD && length <= LONGEST_WORD);
  return { code: out + code.slice(from), counters, words: kept };
}

interface Insert {
  readonly at: number;
  readonly ends: boolean;
  readonly order: number;
  readonly text: string;
}

/** At one place: what ends before what begins; of what ends the inner first, of what begins the outer. */
const inOrder = (a: Insert, b: Insert): number =>
  a.at - b.at || Number(b.ends) - Number(a.ends) || a.order - b.order;

function list(node: Node, name: string): Node[] {
  const found = Object.entries(node).find(([key]) => key === name)?.[1];
  return Array.isArray(found) ? found.filter(isNode) : [];
}
