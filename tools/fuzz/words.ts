// SPDX-License-Identifier: Apache-2.0
// Words that random inputs are made of: mostly ones that mean something, some that do not.

export const FIELDS = [
  "proc.name", "proc.pname", "proc.aname[2]", "proc.aname", "proc.apid", "proc.args", "proc.args[1]", "proc.env[PATH]", "proc.pid",
  "proc.duration", "proc.tty", "fd.name", "fd.num", "fd.sip", "fd.snet", "fd.ip", "fd.net", "fd.port", "fd.sport", "fd.types",
  "fd.typechar", "fd.sip.name", "evt.type", "evt.type", "evt.num", "evt.dir", "evt.arg.flags", "evt.arg[0]", "evt.rawarg.size",
  "evt.rawarg.data", "evt.buffer", "evt.is_open_read", "evt.around[1]", "evt.type.is.open", "evt.abspath.src", "evt.latency",
  "user.uid", "user.name", "container.id", "container.mount.dest[/x]", "thread.cgroup.cpu", "fs.path.name", "static.x",
  "nope.field", "proc.nam", "ka.verb", "ka.req.pod.volumes.hostpath[/x]", "a.b", "evt.arg", "fd.types[1]",
]; // biome-ignore format: a table

export const OPERATORS = [
  "=", "=", "==", "!=", "<", "<=", ">", ">=", "contains", "icontains", "bcontains", "startswith", "bstartswith", "endswith", "glob",
  "iglob", "regex", "in", "in", "intersects", "pmatch", "exists", "= anyof", "!= allof", "contains oneof", "glob anyof", "regex allof",
  "startswith anyof", "!= anyof", "= oneof",
]; // biome-ignore format: a table

export const TRANSFORMERS = [
  "tolower", "toupper", "b64", "basename", "len", "join", "concat", "getopt", "val", "nope",
]; // biome-ignore format: a table

export const VALUES = [
  "bash", "open", "openat", "execve", "/etc/shadow", "'a b'", '"q\\"uo"', "5", "-1", "0x10", "1.5", "true", "false", "<NA>", "10.0.0.1",
  "10.0.0.0/8", "::1", "2001:db8::/32", "http", "*.log", "[a-z]+", "(", "aGVsbG8=", "ff00", "val(proc.name)", "tolower(fd.name)", "lst",
  "empty", "é", '""', "'it\\'s'", '"\\x41"', "18446744073709551615", "a{2,1000}", "[", "proc.name", "**/x", "x,y", "",
]; // biome-ignore format: a table

export const LISTS = ["lst", "empty", "nested", "open", "proc.name", "a b", "x-y", "and", "é", ""];

export const MACROS = ["m1", "m2", "m3", "spawned_process", "open", "and", "x-y", "lst"];

export const RULES = ["Rule A", "Rule B", "r", "<&\"'>", "__proto__", "r;1", ""];

/** Fields of a type, with operators and literals that fit them. */
export const FITTING: readonly (readonly [
  fields: readonly string[],
  operators: readonly string[],
  values: readonly string[],
])[] = [
  [
    ["proc.name", "fd.name", "proc.args", "user.name", "proc.aname", "proc.aname[1]", "fs.path.name", "proc.env[HOME]"],
    ["=", "!=", "contains", "icontains", "startswith", "endswith", "glob", "iglob", "in", "intersects", "pmatch", "= anyof", "!= allof",
      "glob oneof", "contains anyof"],
    ["bash", "/etc/shadow", "'a b'", "*", "a?[b-d]", "<NA>", "é", '""', "x"],
  ],
  [["proc.name", "proc.cmdline"], ["regex", "regex anyof"], [".*", "a+b", "(x|y)*", "[[:alpha:]]{2}", "^bash$", "\\."]],
  [
    ["proc.pid", "fd.num", "evt.num", "user.uid", "proc.apid", "proc.duration", "fd.sport", "fd.port", "evt.rawarg.size"],
    ["=", "!=", "<", "<=", ">", ">=", "in", "intersects", "= anyof", "!= oneof"],
    ["0", "1", "80", "-1", "65979", "18446744073709551615"],
  ],
  [["evt.type"], ["=", "!=", "in", "= anyof"], ["open", "openat", "execve", "connect"]],
  [["fd.sip", "fd.ip", "fd.cip"], ["=", "!=", "in", "!= allof"], ["10.0.0.1", "::1", "127.0.0.1"]],
  [["fd.snet", "fd.net"], ["=", "!=", "in", "= anyof", "!= allof"], ["10.0.0.0/8", "::1/128", "0.0.0.0/0"]],
  [["evt.is_open_read", "evt.failed"], ["=", "!=", "in"], ["true", "false"]],
  [["fd.types", "proc.args.list", "ka.x"], ["in", "intersects"], ["file", "ipv4"]],
  [["evt.buffer", "evt.rawarg.data"], ["=", "contains", "startswith", "endswith"], ["ab", '"\\x00"', "x"]],
  [["evt.buffer"], ["bcontains", "bstartswith"], ["00", "6162", "FFfe"]],
]; // biome-ignore format: a table
