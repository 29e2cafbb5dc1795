import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { EXPORT_FORMATS, QUANTIZATIONS } from '../../model/formats/exportFormat.ts';
import { documents } from '../../show/documents/contract.ts';
import { exportDocument } from '../../show/documents/exportDocument.ts';
import { documentAnswer } from './answers.ts';
import { model, trains, type ToolContext } from './toolContext.ts';

/** A trained attempt as files. */
export function registerExport(server: McpServer, { resolvePath, run }: ToolContext): void {
  server.registerTool(
    'export',
    {
      title: 'Export a Trained Model',
      description:
        "Writes the trained weights of an attempt into a new folder, in the form the user's " +
        'programs load, with preprocessing and a model card; loaded again and compared before ' +
        'it gets its name. Nothing that is there is overwritten.',
      inputSchema: z.strictObject({
        model,
        attempt: z.string().min(1).describe('Id, number or commit of an attempt'),
        format: z
          .enum(EXPORT_FORMATS)
          .optional()
          .describe('What to write; default: what its framework loads'),
        quantize: z.enum(QUANTIZATIONS).optional().describe('Smaller weights: 16 or 8 bits'),
        to: z.string().min(1).describe('Path of an empty or new folder'),
      }),
      outputSchema: documents.export,
      annotations: trains,
    },
    ({ model: path, attempt, format = null, quantize = null, to }, call) =>
      run(call, async (signal, engine) => {
        const { study, summary } = await engine.findAttempt(resolvePath(path), attempt);
        const exported = await engine.exportModel(study, {
          format,
          quantize,
          id: summary.id,
          folder: resolvePath(to),
          seed: null,
          missing: 'refuse',
          signal,
        });
        return documentAnswer('export', exportDocument(summary.id, quantize, exported));
      }),
  );
}
