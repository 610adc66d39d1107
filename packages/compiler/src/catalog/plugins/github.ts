// SPDX-License-Identifier: Apache-2.0
import { DEPRECATED, fieldsOf } from "../fields/define.ts";
import type { PluginDefinition } from "./define.ts";

const field = fieldsOf("plugin", "github", ["github"]);

/** Webhook messages of GitHub. A field is missing when the message lacks the part it shows. */
// biome-ignore format: a table
export const GITHUB: PluginDefinition = {
  name: "github",
  source: "github",
  asyncEvents: [],
  fields: [
    field("github.type", "CHARBUF", "Type of the message, such as push or star."),
    field("github.action", "CHARBUF", "Action that the message reports."),
    field("github.user", "CHARBUF", "User who acted."),
    field("github.repo", "CHARBUF", "The same as github.repo.url.", DEPRECATED),
    field("github.repo.url", "CHARBUF", "URL of the repository."),
    field("github.repo.name", "CHARBUF", "Name of the repository."),
    field("github.repo.description", "CHARBUF", "Description of the repository."),
    field("github.org", "CHARBUF", "Organization that the repository belongs to."),
    field("github.owner", "CHARBUF", "Owner of the repository."),
    field("github.repo.public", "CHARBUF", "true or false: whether everybody can read the repository."),
    field("github.collaborator.name", "CHARBUF", "Member whom the message is about."),
    field("github.collaborator.role", "CHARBUF", "Role of the member whom the message is about."),
    field("github.webhook.id", "CHARBUF", "Id of a new webhook."),
    field("github.webhook.type", "CHARBUF", "Type of a new webhook."),
    field("github.commit.added", "CHARBUF", "Files that a push adds, separated by commas."),
    field("github.commit.modified", "CHARBUF", "Files that a push changes, separated by commas."),
    field("github.commit.removed", "CHARBUF", "Files that a push removes, separated by commas."),
    field("github.diff.has_secrets", "CHARBUF", "true or false: whether a push adds a secret."),
    field("github.diff.committed_secrets.desc", "CHARBUF", "Kinds of the secrets that a push adds."),
    field("github.diff.committed_secrets.files", "CHARBUF", "Files of the secrets that a push adds."),
    field("github.diff.committed_secrets.lines", "CHARBUF", "Lines of the secrets that a push adds."),
    field("github.diff.committed_secrets.links", "CHARBUF", "Links to the secrets that a push adds."),
    field("github.workflow.has_miners", "CHARBUF", "true or false: whether a workflow runs a crypto miner."),
    field("github.workflow.miners.type", "CHARBUF", "Kinds of the crypto miners that a workflow runs."),
    field("github.workflow.filename", "CHARBUF", "File that defines the workflow."),
  ],
};
