// SPDX-License-Identifier: Apache-2.0
import { dirname } from "node:path";
import { Failure } from "../failure.ts";
import { isEventsFileName, isRulesFileName } from "./event-file-name.ts";
import { kindOf, listDirectory } from "./list-directory.ts";
import { expandRules } from "./rules-files.ts";

/** Rules and the events that they are to be tried on. */
export interface SuitePaths {
  /** The directory, or the rules as they were named. */
  readonly name: string;
  /** Rules files in load order; `-` is standard input. */
  readonly rules: readonly string[];
  /** Files of events and test cases; `-` is standard input. */
  readonly events: readonly string[];
}

/**
 * Finds what `falcoc test` has to run.
 *
 * Files, and directories that hold rules files, make one suite: their rules in the order given, with `events`, or, when
 * that is empty, with the events files that lie beside the rules. A directory without rules of its own stands for its
 * sub-directories: each that holds rules and events is a suite, and the rules given as files are loaded before its own.
 * Throws a Failure when there is nothing to run.
 */
export async function findSuites(rules: readonly string[], events: readonly string[]): Promise<SuitePaths[]> {
  const loose: string[] = [];
  const collections: string[] = [];
  for (const argument of rules) {
    (events.length === 0 && (await isCollection(argument)) ? collections : loose).push(argument);
  }
  const paths = await expandRules(loose);
  if (collections.length === 0) {
    const beside = events.length > 0 ? await expandEvents(events) : await eventsBeside(paths);
    if (beside.length === 0) {
      const where =
        events.length > 0
          ? `${events.join(" ")}: no events in it`
          : `${loose.join(" ")}: no events beside these rules`;
      throw new Failure([`${where}; name some with --events`]);
    }
    return [{ name: loose.join(" "), rules: paths, events: beside }];
  }
  const suites = (await Promise.all(collections.map(suitesOf))).flat();
  if (suites.length === 0) {
    throw new Failure(
      collections.map((path) => `${path}: neither it nor its sub-directories hold rules and events`),
    );
  }
  return suites.map((suite) => ({ ...suite, rules: [...paths, ...suite.rules] }));
}

async function isCollection(path: string): Promise<boolean> {
  if ((await kindOf(path)) !== "directory") return false;
  const { files, directories } = await listDirectory(path);
  return directories.length > 0 && !files.some(isRulesFileName);
}

async function suitesOf(collection: string): Promise<SuitePaths[]> {
  const suites: SuitePaths[] = [];
  for (const directory of (await listDirectory(collection)).directories) {
    const { files } = await listDirectory(directory);
    const [rules, events] = [files.filter(isRulesFileName), files.filter(isEventsFileName)];
    if (rules.length > 0 && events.length > 0) suites.push({ name: directory, rules, events });
  }
  return suites;
}

/** Directories stand for the events files in them. */
async function expandEvents(events: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const argument of events) {
    if (argument === "-" || (await kindOf(argument)) !== "directory") paths.push(argument);
    else paths.push(...(await listDirectory(argument)).files.filter(isEventsFileName));
  }
  return paths;
}

async function eventsBeside(rules: readonly string[]): Promise<string[]> {
  const directories = new Set(rules.filter((path) => path !== "-").map((path) => dirname(path)));
  const listings = await Promise.all([...directories].map(listDirectory));
  return listings.flatMap((listing) => listing.files.filter(isEventsFileName));
}
