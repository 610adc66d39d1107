// SPDX-License-Identifier: Apache-2.0

interface LoadCode {
  readonly severity: "error" | "warning";
  /** The engine's short name for it: what it prints as the description of an error. */
  readonly label: string;
  /** Longer explanation, printed as the description of a warning. */
  readonly explanation: string;
}

const error = (label: string, explanation: string): LoadCode => ({ severity: "error", label, explanation });
const warning = (label: string, explanation: string): LoadCode => ({
  severity: "warning",
  label,
  explanation,
});

/** Codes of the engine's load results. The ones it reserves but never reports are here too, so that none is reused. */
export const LOAD_CODES = {
  LOAD_ERR_FILE_READ: error("File read error", "The rules file could not be read."),
  LOAD_ERR_YAML_PARSE: error("YAML parse error", "The text is not valid YAML."),
  LOAD_ERR_YAML_VALIDATE: error(
    "Error validating internal structure of YAML file",
    "An item of the file does not have the shape that rules files have.",
  ),
  LOAD_ERR_COMPILE_CONDITION: error(
    "Error compiling condition",
    "A condition does not parse, or compares what cannot be compared.",
  ),
  LOAD_ERR_COMPILE_OUTPUT: error("Error compiling output", "An output text names what is no field."),
  LOAD_ERR_VALIDATE: error(
    "Error validating rule/macro/list/exception objects",
    "Items contradict each other, or refer to what does not exist.",
  ),
  LOAD_ERR_EXTENSION: error("Error in extension item", "Reserved for other loaders."),
  LOAD_UNKNOWN_SOURCE: warning(
    "Unknown event source",
    "No loaded event source has this name; the rule is not used.",
  ),
  LOAD_UNSAFE_NA_CHECK: warning(
    "Unsafe <NA> comparison in condition",
    "A field without a value never equals the text <NA>; use exists instead.",
  ),
  LOAD_NO_EVTTYPE: warning(
    "Condition has no event-type restriction",
    "The rule is evaluated for nearly every event, which is slow; restrict evt.type.",
  ),
  LOAD_UNKNOWN_FILTER: warning(
    "Unknown field or event-type in condition or output",
    "The rule names an unknown field or event type and asks to be skipped in that case.",
  ),
  LOAD_UNUSED_MACRO: warning("Unused macro", "No rule and no other macro refers to this macro."),
  LOAD_UNUSED_LIST: warning("Unused list", "No condition and no other list refers to this list."),
  LOAD_UNKNOWN_ITEM: warning("Unknown rules file item", "The item is of no known kind and is ignored."),
  LOAD_DEPRECATED_ITEM: warning("Used deprecated item", "The item still works but is going to be removed."),
  LOAD_WARNING_EXTENSION: warning("Warning in extension item", "Reserved for other loaders."),
  LOAD_APPEND_NO_VALUES: warning(
    "Overriding/appending with no values",
    "The addition to an exception has no values.",
  ),
  LOAD_EXCEPTION_NAME_NOT_UNIQUE: warning(
    "Multiple exceptions defined with the same name",
    "Two exceptions of one rule share a name.",
  ),
  LOAD_INVALID_MACRO_NAME: warning("Invalid macro name", "No condition can refer to a macro of this name."),
  LOAD_INVALID_LIST_NAME: warning("Invalid list name", "No condition can refer to a list of this name."),
  LOAD_COMPILE_CONDITION: warning(
    "Warning in rule condition",
    "A value of the condition may not mean what it seems to.",
  ),
  LOAD_UNKNOWN_KEY: warning(
    "Unknown key in item definition",
    "The item has a key that its kind does not know.",
  ),
} as const satisfies Record<string, LoadCode>;

export type LoadCodeName = keyof typeof LOAD_CODES;

/** Short name of a code; the code itself where it is not the engine's. */
export function loadLabel(code: string): string {
  return code in LOAD_CODES ? LOAD_CODES[code as LoadCodeName].label : code;
}
