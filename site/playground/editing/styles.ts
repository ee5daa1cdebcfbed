// The styles of the editor.
import layout from 'prism-code-editor/layout.css?inline';
import { adopt } from '../adopt.ts';
import editing from './editing.css?inline';

adopt(layout + editing);
