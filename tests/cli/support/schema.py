# SPDX-License-Identifier: Apache-2.0
"""schema.py SCHEMA OBJECTS: the schema accepts each line of OBJECTS, each part of it is used there, and no line is
accepted with a wrong value, or with other members than are printed. Prints what is wrong; the status is then 1."""
import copy
import json
import os
import sys

import jsonschema

complaints = []
WRONG = {str: 1, int: "1", float: "1", bool: "true", dict: [], list: {}}  # a value of another type
FREE = (  # any text
    "path", "old_path", "copy_of", "link_of", "list", "input", "a", "b", "old", "new", "error", "measure", "backend",
    "name", "description", "command", "archive", "member"
)


def complain(what, value):
    complaints.append(f"{what}: {json.dumps(value)}")


def unique(members):
    names = [name for name, _ in members]
    if len(set(names)) < len(names):
        complain("a member twice", dict(members))
    return dict(members)


class Schema:
    def __init__(self, document):
        self.document = document
        jsonschema.Draft202012Validator.check_schema(document)
        self.validator = jsonschema.Draft202012Validator(document)
        self.branches = {}  # for each value of "type", the definitions' names and validators
        for branch in document["oneOf"]:
            name = branch["$ref"].rpartition("/")[2]
            definition = document["$defs"][name]
            validators = self.branches.setdefault(definition["properties"]["type"]["const"], {})
            validators[name] = self.validator.evolve(schema=definition)

    def definitions(self, value):
        """The names of the definitions that accept an object, which must be one. Trying only those of its type is
        faster than the whole schema."""
        validators = self.branches.get(value["type"], {})
        return [name for name, validator in validators.items() if validator.is_valid(value)]

    def is_valid(self, value):
        if isinstance(value.get("type"), str):
            return len(self.definitions(value)) == 1
        return self.validator.is_valid(value)

    def visit(self, name, value, seen):
        """Adds to `seen` each member of a definition that the value has, and each of its values where they are few."""
        definition = self.document["$defs"][name]
        for item in value if isinstance(value, list) else ():
            self.follow(definition.get("items"), item, seen)
        for member, schema in definition.get("properties", {}).items():
            if isinstance(value, dict) and member in value:
                seen.add((name, member))
                if "enum" in schema:
                    seen.add((name, member, value[member]))
                self.follow(schema, value[member], seen)

    def follow(self, schema, value, seen):
        if isinstance(schema, dict) and "$ref" in schema:
            self.visit(schema["$ref"].rpartition("/")[2], value, seen)
        elif isinstance(schema, dict) and "items" in schema:
            for item in value:
                self.follow(schema["items"], item, seen)

    def parts(self):
        for name, definition in self.document["$defs"].items():
            for member, schema in definition.get("properties", {}).items():
                yield (name, member)
                yield from ((name, member, value) for value in schema.get("enum", ()))


def containers(value, path=()):
    """All objects and arrays in a value, with the way to them."""
    if isinstance(value, (dict, list)):
        yield path, value
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from containers(item, path + (key,))


def form(path, value):
    """Which members an object has. Its place and its kind decide which it must have. Any name may need base64."""
    kind = tuple(value.get(member) for member in ("type", "maintype", "verdict", "change", "code"))
    place = tuple(key for key in path if isinstance(key, str))
    return place, kind, frozenset(value) - {f"{member}_b64" for member in value}


def forms(value):
    return {form(path, part) for path, part in containers(value) if isinstance(part, dict)}


def change(value, path, function):
    """A copy of a value with one change in the object or array to which the path leads."""
    result = copy.deepcopy(value)
    part = result
    for key in path:
        part = part[key]
    function(part)
    return result


def with_wrong_values(name, value, tried):
    """Copies of a value, each with one value that its place does not allow. Objects of one definition and kind differ in
    the members that they lack, which matters to no other member, so `tried` has what need not be tried again."""
    kind = name, form((), value)[1]
    for path, part in containers(value):
        place = (kind, form(path, part)[:2]) if isinstance(part, dict) else (kind, path)
        for key, item in list(part.items() if isinstance(part, dict) else enumerate(part)):
            if (place, key, type(item)) in tried:
                continue
            tried.add((place, key, type(item)))
            wrong = [WRONG[type(item)]]
            if isinstance(item, str) and key not in FREE:
                wrong.append(item + "=")
            elif type(item) in (int, float) and key not in ("mtime_sec", "ctime_sec"):
                wrong.append(-1)
            for other in wrong:
                yield change(value, path, lambda part: part.__setitem__(key, other))
        if isinstance(part, list):
            yield change(value, path, lambda part: part.append(1))


def with_other_members(value, known):
    """Copies of a value, each with one member less, or with one more, also of those that others of its kind have."""
    for member in known:
        if member not in value:
            yield value | {member: known[member]}
    for path, part in containers(value):
        if isinstance(part, dict):
            for key in part:
                yield change(value, path, lambda part: part.pop(key))
            yield change(value, path, lambda part: part.__setitem__("extra", 1))


def main(schema_file, objects_file):
    with open(schema_file, encoding="utf-8") as file:
        schema = Schema(json.load(file, object_pairs_hook=unique))
    with open(objects_file, encoding="utf-8", errors="strict") as file:
        objects = [json.loads(line, object_pairs_hook=unique) for line in file]
    seen = set()
    samples = {}
    printed = set()
    known = {}
    for value in objects:
        if not schema.validator.is_valid(value):
            complain("not valid", value)
            continue
        (name,) = schema.definitions(value)
        schema.visit(name, value, seen)
        known.setdefault(name, {}).update(value)
        printed |= forms(value)
        samples.setdefault(frozenset(forms(value)), (name, value))
    for part in schema.parts():
        if part not in seen:
            complain("in the schema, but not printed", part)
    tried = set()
    for name, sample in samples.values():
        for value in with_wrong_values(name, sample, set() if os.environ.get("ISCC_TEST_THOROUGH") else tried):
            if schema.is_valid(value):
                complain("a wrong value is valid", value)
        for value in with_other_members(sample, known[name]):
            if schema.is_valid(value) and not forms(value) <= printed:
                complain("valid, but not printed", value)
    for complaint in complaints:
        print(complaint)
    print(f"{len(objects)} objects of {len(samples)} forms")
    return 1 if complaints or not objects else 0


sys.exit(main(*sys.argv[1:]))
