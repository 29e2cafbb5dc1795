import { Disposable } from 'vscode';
import type { Host } from '../host.ts';

/** Trained models as files, and smaller ones; their steps are read when they are asked for. */
export const createModelFilesCommands = (host: Host): Disposable =>
  Disposable.from(
    host.commands.register('cortex.exportModel', async (attempt) =>
      (await host.beginning()).exportModel(host, attempt),
    ),
    host.commands.register('cortex.makeSmaller', async (attempt) =>
      (await host.beginning()).makeSmaller(host, attempt),
    ),
    host.commands.register('cortex.ablate', async (attempt) =>
      (await host.beginning()).ablate(host, attempt),
    ),
    host.commands.register('cortex.unseal', async (attempt) =>
      (await host.beginning()).unseal(host, attempt),
    ),
  );
