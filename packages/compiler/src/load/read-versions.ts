// SPDX-License-Identifier: Apache-2.0
import { lookup, type YamlMapping, type YamlNode } from "@falcoc/parser";
import { type Context, nameOf, nodeContext, quoted, spanOfNode } from "./context.ts";
import { parseUnsigned, readText, type Scope, spanOfName, spanOfValue } from "./decode.ts";
import { compareVersions, type PluginVersion, parseVersion, type Version } from "./plugin-requirements.ts";
import { type Reading, scopeOf } from "./reading.ts";

/** Reads `required_engine_version` and keeps the greatest one (spec 3.3). */
export function readEngineVersion(reading: Reading, node: YamlMapping, parent: Context): void {
  const scope = scopeOf(reading, node, parent, "required_engine_version");
  const version = requiredVersion(scope);
  if (version === null) return;
  const { collection, findings } = reading;
  const engine = parseVersion(reading.engineVersion) ?? [0, 0, 0];
  const required = version.join(".");
  if (version[0] !== engine[0] || compareVersions(engine, version) < 0) {
    const message = `Rules require engine version ${required}, but engine version is ${reading.engineVersion}`;
    findings.error("LOAD_ERR_VALIDATE", scope.context, message, {
      message: `the rules need engine version "${required}", but this is "${reading.engineVersion}"`,
      span: spanOfValue(
        scope,
        "required_engine_version",
        lookup(node, "required_engine_version") as YamlNode,
      ),
    });
    return;
  }
  const greatest = parseVersion(collection.requiredEngineVersion) ?? [0, 0, 0];
  if (compareVersions(version, greatest) > 0) collection.requiredEngineVersion = required;
}

/** A whole number counts as the middle one of three; null after reporting what is wrong. */
function requiredVersion(scope: Scope): Version | null {
  const { node, context, findings } = scope;
  const key = "required_engine_version";
  const value = lookup(node, key) as YamlNode;
  const minor = value.kind === "scalar" ? parseUnsigned(value.text) : null;
  if (minor !== null) return [0, minor, 0];
  const text = readText(scope, key)?.text;
  if (text === undefined) return null;
  const version = parseVersion(text);
  if (version !== null) return version;
  const engine = `Unable to parse engine version '${text}' as a semver string. Expected "x.y.z" semver format.`;
  findings.error("LOAD_ERR_YAML_VALIDATE", context, engine, {
    message: `${quoted(text)} is no engine version`,
    span: spanOfValue(scope, key, value),
    hint: 'write three numbers, such as "0.57.0"',
  });
  return null;
}

/** Reads `required_plugin_versions` (spec 3.4). */
export function readPluginVersions(reading: Reading, node: YamlMapping, parent: Context): void {
  const value = lookup(node, "required_plugin_versions") as YamlNode;
  const context = nodeContext(parent, "required plugin versions", value);
  const { findings } = reading;
  if (value.kind !== "sequence") {
    const engine = "Value of required_plugin_versions must be a sequence";
    findings.error("LOAD_ERR_YAML_VALIDATE", context, engine, {
      message: '"required_plugin_versions" must be a list',
      span: spanOfNode(parent.file, value),
      hint: 'each entry has a "name" and a "version"',
    });
    return;
  }
  for (const entry of value.items) readRequirement(reading, entry, context);
}

function readRequirement(reading: Reading, node: YamlNode, parent: Context): void {
  const { findings, collection } = reading;
  const errors = findings.errors;
  const type = "required plugin versions entry";
  const nameless = nodeContext(parent, type, node);
  if (node.kind !== "mapping") {
    reportShape(reading, node, nameless, "Plugin version must be a mapping");
    return;
  }
  const main = readPlugin({ node, context: nameless, findings }, (name) =>
    nodeContext(parent, type, node, name),
  );
  if (main === null) return;
  const scope: Scope = { node, context: nodeContext(parent, type, node, main.name), findings };
  const alternatives = readAlternatives(reading, scope);
  if (findings.errors > errors) return;
  const complaint = firstComplaint([main, ...alternatives]);
  if (complaint === null) collection.requiredPlugins.push({ ...main, alternatives });
  else
    findings.error("LOAD_ERR_VALIDATE", scope.context, complaint.engine, {
      message: complaint.message,
      span: spanOfName(scope),
    });
}

function readAlternatives(reading: Reading, scope: Scope): readonly PluginVersion[] {
  const { findings } = reading;
  const value = lookup(scope.node, "alternatives");
  if (value === null) return [];
  if (value.kind !== "sequence") {
    const engine = "Value of plugin version alternatives must be a sequence";
    reportShape(reading, value, scope.context, engine);
    return [];
  }
  return value.items.flatMap((node) => {
    const type = "required plugin versions alternative";
    const nameless = nodeContext(scope.context, type, node);
    if (node.kind !== "mapping") {
      reportShape(reading, node, nameless, "Plugin version alternative must be a mapping");
      return [];
    }
    const named = (name: string): Context => nodeContext(scope.context, type, node, name);
    return readPlugin({ node, context: nameless, findings }, named) ?? [];
  });
}

function readPlugin(scope: Scope, named: (name: string) => Context): PluginVersion | null {
  const name = readText(scope, "name")?.text;
  if (name === undefined) return null;
  const version = readText({ ...scope, context: named(name) }, "version")?.text;
  return version === undefined ? null : { name, version };
}

interface Complaint {
  readonly engine: string;
  readonly message: string;
}

function firstComplaint(plugins: readonly PluginVersion[]): Complaint | null {
  const names = new Set<string>();
  for (const { name, version } of plugins) {
    if (parseVersion(version) === null) {
      return {
        engine: `Invalid required version '${version}' for plugin '${name}'`,
        message: `${quoted(version)} is no version for plugin ${quoted(name)}: write three numbers`,
      };
    }
    if (names.has(name)) {
      return {
        engine: `Defined multiple alternative version requirements for plugin '${name}'`,
        message: `plugin ${quoted(name)} is named twice among its own alternatives`,
      };
    }
    names.add(name);
  }
  return null;
}

function reportShape({ findings }: Reading, node: YamlNode, context: Context, engine: string): void {
  findings.error("LOAD_ERR_YAML_VALIDATE", context, engine, {
    message: `${nameOf(context)}: this must be ${engine.endsWith("sequence") ? "a list" : 'a mapping with "name" and "version"'}`,
    span: spanOfNode(context.file, node),
  });
}
