// The styles of an opened playground.
import { adopt } from './adopt.ts';
import playground from './playground.css?inline';
import wire from './wire/wire.css?inline';

adopt(playground + wire);
