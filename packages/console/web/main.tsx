import { render } from 'preact';
import { App } from './app.js';
import { recogniseVisitor } from './visitor.js';
import './style/tokens.css';
import './style/page.css';
import './style/controls.css';
import './style/tables.css';
import './style/runs.css';
import './style/details.css';

const root = document.querySelector('#root');
if (root !== null) render(<App />, root);
void recogniseVisitor();
