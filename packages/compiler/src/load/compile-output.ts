// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText, type Template } from "@falcoc/parser";
import { missingFeatures } from "../check/missing-features.ts";
import type { AddedOutput } from "./append-output.ts";
import type { RuleEntry } from "./collection.ts";
import type { CompiledRule, ExtraTemplate } from "./compiled-rule.ts";
import { nameOf, quoted } from "./context.ts";
import { DEPRECATED_FIELDS } from "./deprecated-fields.ts";
import type { Findings } from "./findings.ts";
import { hintForField, hintForVersion, wordsForMissing } from "./hints.ts";
import { joinTexts, type MappedText, sliceText, spanOfText } from "./mapped-text.ts";
import type { Session } from "./session.ts";
import { isSkippable } from "./skippable.ts";

type CompiledOutput = Pick<CompiledRule, "output" | "template" | "extraFields">;

/**
 * Compiles a rule's output with what the configuration adds. "dropped" when the rule wants to be left out because
 * of an unknown field; null after reporting an error.
 */
export function compileOutput(
  rule: RuleEntry,
  added: AddedOutput,
  session: Session,
  findings: Findings,
): CompiledOutput | "dropped" | null {
  const whole = joinTexts([rule.output, ...added.texts.map((text) => ` ${text}`)]);
  const output = withoutContainerInfo(rule, whole, findings);
  const result = session.template(tolerant(output.text), rule.source);
  if (!result.ok) return reportOutput(rule, output, result.error, session, findings);
  if (reportMissing(rule, output, result.template, session, findings)) return null;
  warnOfFields(rule, output.text, findings);
  const extraFields: ExtraTemplate[] = [];
  for (const field of added.fields) {
    const extra = session.template(tolerant(field.template), rule.source);
    if (extra.ok) {
      extraFields.push({ ...field, parsed: extra.template });
      warnOfFields(rule, field.template, findings);
      continue;
    }
    findings.error("LOAD_ERR_COMPILE_OUTPUT", rule.outputContext, extra.error.message, {
      message: `extra field "${field.key}" for ${nameOf(rule.context)}: ${extra.error.message}`,
      span: spanOfText(rule.output, 0, rule.output.text.length),
    });
    return null;
  }
  return { output: output.text, template: result.template, extraFields };
}

/** Outputs of rules never stop at a missing value. */
function tolerant(output: ByteString): ByteString {
  return output === "" || output.startsWith("*") ? output : `*${output}`;
}

const CONTAINER_INFO = "%container.info";
const CONTAINER_INFO_IS_DEPRECATED =
  "%container.info is deprecated and no more useful, and will be dropped by Falco 1.0.0. The container plugin will automatically add required fields to the output message.";

function withoutContainerInfo(rule: RuleEntry, output: MappedText, findings: Findings): MappedText {
  let at = output.text.indexOf(CONTAINER_INFO);
  if (at < 0) return output;
  findings.warn("LOAD_DEPRECATED_ITEM", rule.context, CONTAINER_INFO_IS_DEPRECATED, {
    message: `the output of ${nameOf(rule.context)} has the deprecated "${CONTAINER_INFO}", which is left out`,
    span: spanOfText(output, at, at + CONTAINER_INFO.length),
    hint: "remove it",
  });
  let rest = output;
  while (at >= 0) {
    rest = joinTexts([sliceText(rest, 0, at), sliceText(rest, at + CONTAINER_INFO.length)]);
    at = rest.text.indexOf(CONTAINER_INFO, at);
  }
  return rest;
}

function reportOutput(
  rule: RuleEntry,
  output: MappedText,
  error: { readonly message: string; readonly offset: number },
  session: Session,
  findings: Findings,
): "dropped" | null {
  // The template was parsed with the star that the engine puts before every output.
  const offset = Math.max(error.offset - (output.text.startsWith("*") ? 0 : 1), 0);
  const token = /^%[0-9]*([\w.]*)/.exec(output.text.slice(offset))?.[1] ?? "";
  const unknown = error.message.startsWith("unknown filter");
  const rest = {
    message: unknown
      ? `the output of ${nameOf(rule.context)} names ${quoted(token)} behind a percent sign, which is no field`
      : `the output of ${nameOf(rule.context)} is no template: ${error.message}`,
    span: spanOfText(output, offset, offset + 1 + token.length),
    hint: unknown ? hintForField(decodeText(token), session, rule.source) : undefined,
  };
  if (isSkippable(error.message, rule)) {
    findings.warn("LOAD_UNKNOWN_FILTER", rule.outputContext, error.message, rest);
    return "dropped";
  }
  findings.error("LOAD_ERR_COMPILE_OUTPUT", rule.outputContext, error.message, rest);
  return null;
}

/** Reports what the version to compile for lacks; true when there is anything. */
function reportMissing(
  rule: RuleEntry,
  output: MappedText,
  { parts }: Template,
  { target }: Session,
  findings: Findings,
): boolean {
  const text = tolerant(output.text);
  const star = text.length - output.text.length;
  const missing = parts.flatMap((part) =>
    part.kind === "token" ? missingFeatures(target, text, part.value) : [],
  );
  for (const feature of missing) {
    const message = `the output of ${nameOf(rule.context)} uses ${wordsForMissing(feature, target)}`;
    findings.error("LOAD_ERR_COMPILE_OUTPUT", rule.outputContext, message, {
      message,
      span: spanOfText(output, feature.start - star, feature.end - star),
      hint: hintForVersion(feature),
    });
  }
  return missing.length > 0;
}

/** A name that occurs as part of another one counts, too. */
function warnOfFields(rule: RuleEntry, output: ByteString, findings: Findings): void {
  for (const field of DEPRECATED_FIELDS.keys()) {
    const at = output.indexOf(field);
    if (at < 0) continue;
    const engine = `usage of deprecated field '${field}' has been detected in the rule output`;
    findings.warn("LOAD_DEPRECATED_ITEM", rule.outputContext, engine, {
      message: `the output of ${nameOf(rule.context)} uses the deprecated field "${field}"`,
      span: spanOfText(
        rule.output,
        rule.output.text.indexOf(field),
        rule.output.text.indexOf(field) + field.length,
      ),
      deprecatedField: field,
    });
  }
}
