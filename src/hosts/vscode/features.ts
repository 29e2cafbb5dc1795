import type { Disposable } from 'vscode';
import { createModelFilesCommands } from './attempt/modelFilesCommands.ts';
import { createAttemptCommands } from './attempt/attemptCommands.ts';
import { createAttemptDocuments } from './attempt/attemptDocuments.ts';
import { createAttemptPage } from './attempt/attemptPage.ts';
import { createComparePage } from './comparePage/comparePage.ts';
import { createCurvesView } from './curves/curvesView.ts';
import { Disposables } from './disposables.ts';
import { createWorkCommands } from './attempt/workCommands.ts';
import { createAutopilot } from './autopilot/autopilotFeature.ts';
import { createArrangeCommands } from './history/arrangeCommands.ts';
import { createHistoryView } from './history/historyView.ts';
import { createTrackRecordPage } from './history/trackRecordPage.ts';
import type { Host } from './host.ts';
import { createApiKeyCommands } from './language/apiKeyCommands.ts';
import { createPromptDocument } from './language/promptDocument.ts';
import { createDiagnosisView } from './log/diagnosisView.ts';
import { createLogActions } from './log/logActions.ts';
import { createLogCommands } from './log/logCommands.ts';
import { createLogDiagnostics } from './log/logDiagnostics.ts';
import { createLogHovers } from './log/logHovers.ts';
import { createLogLenses } from './log/logLenses.ts';
import { createLogFollowing } from './log/openLogs.ts';
import { createBuilderLens } from './lens/builderLens.ts';
import { createMachinesView } from './machines/machinesView.ts';
import { createReviewCommands } from './review/reviewCommands.ts';
import { createReviewDecorations } from './review/reviewDecorations.ts';
import { createReviewHovers } from './review/reviewHovers.ts';
import { createReviewLenses } from './review/reviewLenses.ts';
import { createCheckNotice } from './run/checkNotice.ts';
import { createCancelCommand } from './run/cancelCommand.ts';
import { createFallbackNotice } from './run/fallbackNotice.ts';
import { createImproveCommands } from './run/improveCommand.ts';
import { createOutputLines } from './run/outputLines.ts';
import { createStatusBar } from './run/statusBar.ts';
import { createThinkingChannel } from './run/thinkingChannel.ts';
import { createThinkLoopCommand } from './run/thinkLoopCommand.ts';
import { createTrainCommands } from './run/trainCommand.ts';
import { createSearchCommand } from './searchPage/searchCommand.ts';
import { createStudyPage } from './studyPage/studyPage.ts';
import { createModelFileContext } from './study/modelFileContext.ts';
import { createModelLenses } from './study/modelLenses.ts';
import { createExample } from './study/openExample.ts';
import { createStudyCommands } from './study/studyCommands.ts';
import { createLanguageModelTools } from './tools/languageModelTools.ts';
import { createMcpServer } from './tools/mcpServer.ts';

type Feature = (host: Host) => Disposable;

const features: readonly Feature[] = [
  createModelFileContext,
  createBuilderLens,
  createModelLenses,
  createStudyCommands,
  createExample,
  createImproveCommands,
  createTrainCommands,
  createThinkLoopCommand,
  createSearchCommand,
  createCancelCommand,
  createStatusBar,
  createThinkingChannel,
  createCheckNotice,
  createFallbackNotice,
  createOutputLines,
  createApiKeyCommands,
  createPromptDocument,
  createReviewCommands,
  createReviewLenses,
  createReviewDecorations,
  createReviewHovers,
  createAttemptCommands,
  createAttemptDocuments,
  createAttemptPage,
  createModelFilesCommands,
  createHistoryView,
  createArrangeCommands,
  createWorkCommands,
  createTrackRecordPage,
  createCurvesView,
  createLogFollowing,
  createLogDiagnostics,
  createLogHovers,
  createLogActions,
  createLogLenses,
  createLogCommands,
  createDiagnosisView,
  createStudyPage,
  createComparePage,
  createLanguageModelTools,
  createMcpServer,
  createAutopilot,
  createMachinesView,
];

/** Creates every feature; one that breaks is logged, the rest live. */
export function createFeatures(host: Host): Disposable {
  const disposables = new Disposables();
  for (const create of features) {
    try {
      disposables.add(create(host));
    } catch (thrown) {
      host.log.error(`${create.name} could not be created`, thrown);
    }
  }
  return disposables;
}
