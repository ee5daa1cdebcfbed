/** An Expressive Code plugin: with `anchors` in a block's meta, each line gets the id `L<number>`. */
import { definePlugin } from '@astrojs/starlight/expressive-code';

export function lineAnchors() {
  return definePlugin({
    name: 'line anchors',
    hooks: {
      postprocessRenderedLine: ({ codeBlock, lineIndex, renderData }) => {
        if (codeBlock.metaOptions.getBoolean('anchors') !== true) return;
        renderData.lineAst.properties = {
          ...renderData.lineAst.properties,
          id: `L${lineIndex + 1}`,
        };
      },
    },
  });
}
