// SPDX-License-Identifier: Apache-2.0
import { openProbe } from "@falcoc/probe";
import { CaptureWriter, Recorder, withContainers } from "@falcoc/runtime";
import { EXIT } from "../exit-code.ts";
import { keepNewSpaceSmall } from "../new-space.ts";
import { plural } from "../render/lint-report.ts";
import { createEventFilter } from "../replay/event-filter.ts";
import type { Terminal } from "../terminal.ts";
import { addCatalogFlags, type CatalogFlags, catalogSettings, parseCount } from "./catalog-flags.ts";
import { addExamples, type CommandDefinition } from "./definition.ts";
import { RecordFile } from "./record-file.ts";
import {
  addContainerFlags,
  type ContainerFlags,
  containerEngines,
  containersText,
} from "./run-containers.ts";
import { needProbe, READY, whileRunning } from "./run-live.ts";
import { lossText } from "./run-statistics.ts";

interface RecordOptions extends CatalogFlags, ContainerFlags {
  readonly seconds?: number;
  readonly events?: number;
  readonly compress?: boolean;
}

/** How long events may wait to be written. */
const FLUSH_INTERVAL_MS = 1000;

export const command: CommandDefinition<[out: string, filter: string[]], RecordOptions> = {
  define(record) {
    record
      .argument("<out.scap>", "file to be written; what it held before is lost")
      .argument("[filter...]", "condition that events must fulfil")
      .option("--seconds <n>", "end after this time", parseCount)
      .option("--events <n>", "end after this many events", parseCount)
      .option("--compress", "write gzip, as a name that ends in .gz also asks for");
    addContainerFlags(record);
    addCatalogFlags(record);
    record.addHelpText("after", FILTER_HELP);
    addExamples(record, [
      ["ten seconds of everything", "sudo falcoc record trace.scap.gz --seconds 10"],
      [
        "what one program opens, then a look at it",
        `sudo falcoc record nginx.scap 'proc.name = nginx and evt.type in (open, openat)' && falcoc replay nginx.scap`,
      ],
    ]);
  },

  async run(terminal, [path, words], options) {
    keepNewSpaceSmall();
    const filter = words.length > 0 ? words.join(" ") : undefined;
    const { passes, wanted } = createEventFilter(filter, undefined, catalogSettings(options));
    const engines = containerEngines(options);
    const probe = needProbe(() => openProbe({ events: wanted }));
    const containers = withContainers((sink, signal) => probe.run(sink, signal), engines);
    try {
      const file = new RecordFile(path, options.compress === true || path.endsWith(".gz"));
      const writer = new CaptureWriter((bytes) => file.write(bytes));
      const recorder = new Recorder(writer, { passes, eventsMax: options.events });
      await recordInto(terminal, file, options.seconds, (signal) => recorder.run(containers.feed, signal));
      const { events, stateEvents } = recorder.counters();
      const hidden = stateEvents === 0 ? "" : `, and ${stateEvents} more that only change the state`;
      const rest = `${lossText(probe.counters())}${containersText(containers.counters())}`;
      terminal.err.write(`${path}: ${plural(events, "event")}${hidden}, ${file.size} bytes, ${rest}\n`);
      return EXIT.ok;
    } finally {
      probe.close();
    }
  },
};

const FILTER_HELP = `
Events that do not fulfil the filter are recorded nevertheless when processes, descriptors or containers could not be
followed without them. They are marked, as other tools mark them: a replay takes them in and does not show them.`;

async function recordInto(
  terminal: Terminal,
  file: RecordFile,
  seconds: number | undefined,
  record: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const flush = () => {
    try {
      file.flush();
    } catch (error) {
      failed.abort(error);
    }
  };
  const timer = setInterval(flush, FLUSH_INTERVAL_MS);
  terminal.err.write(`${READY}\n`);
  try {
    await whileRunning(seconds, (signal) => record(AbortSignal.any([signal, failed.signal])));
    failed.signal.throwIfAborted();
  } finally {
    clearInterval(timer);
    file.close();
  }
}
