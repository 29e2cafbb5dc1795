import type { StudySource } from '../hosts/studySource.ts';
import type { Ports } from '../loop/ports.ts';
import { studiesAt } from './studiesAt.ts';

/** Composition of what asks about studies before anything is trained; a part of compose.ts. */
export const composeSource = ({ files, trainer, others }: Ports): StudySource => ({
  studies: async (folder) =>
    (await studiesAt(folder)).studies.filter(({ remote }) => remote === undefined),
  studiesBeside: async (study) => (await others?.beside(study)) ?? [],
  ownText: async (study) => (await files.readModel(study)).text,
  dataHash: async (study, signal) => (await trainer.profileData(study, signal))?.hash ?? null,
});
