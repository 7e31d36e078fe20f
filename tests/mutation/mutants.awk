# SPDX-License-Identifier: Apache-2.0
#
# mutants.awk FILE: lists small changes to a C source formatted by clang-format, one per line: LINE, COLUMN, LENGTH of
# the text to replace, and its REPLACEMENT, separated by tabs. Comments, strings and preprocessor lines stay as they are.

function emit(column, size, replacement) { printf "%d\t%d\t%d\t%s\n", NR, column, size, replacement }

# The line with blanks in place of comments, strings and character constants, so that columns stay the same.
function code_of(line,    out, i, c, two, quote) {
    out = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        two = substr(line, i, 2)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; out = out "  "; i++ } else out = out " "
        } else if (quote != "") {
            if (c == "\\") { out = out "  "; i++ } else { if (c == quote) quote = ""; out = out " " }
        } else if (two == "/*") { in_comment = 1; out = out "  "; i++
        } else if (c == "\"" || c == "'") { quote = c; out = out " "
        } else out = out c
    }
    return out
}

BEGIN {
    # A binary operator has blanks around it; unary operators, pointers and addresses have none.
    split("< <= > >= == != && || + - * / % << >> & | ^ += -= |= &= ^= <<= >>=", from, " ")
    split("<= < >= > != == || && - + / * * >> << | & | -= += &= |= |= >>= <<=", to, " ")
    for (i in from) swap[from[i]] = to[i]
}

{
    code = code_of($0)
    if (continued || code ~ /^#/) { continued = $0 ~ /\\$/; next }

    for (i = 1; i <= length(code); i++)
        if (substr(code, i, 1) == " " && match(substr(code, i + 1), /^[^ A-Za-z0-9_(){}\[\];,"']+ /)) {
            operator = substr(code, i + 1, RLENGTH - 1)
            if (operator in swap) emit(i + 1, length(operator), swap[operator])
        }

    # Decimal numbers that are not part of a name or of another number.
    for (i = 1; i <= length(code); i++)
        if (substr(code, i, 1) ~ /[0-9]/ && (i == 1 || substr(code, i - 1, 1) !~ /[A-Za-z0-9_.]/)) {
            match(substr(code, i), /^[0-9A-Za-z_.]+/)
            number = substr(code, i, RLENGTH)
            if (number ~ /^[0-9]+u?$/) {
                suffix = number ~ /u$/ ? "u" : ""
                emit(i, RLENGTH, (number + 1) suffix)
                if (number + 0 > 0) emit(i, RLENGTH, (number - 1) suffix)
            }
            i += RLENGTH - 1
        }

    for (i = 1; i <= length(code); i++) {
        rest = substr(code, i)
        if (rest ~ /^\+\+/) { emit(i, 2, "--"); i++ }
        else if (rest ~ /^--/) { emit(i, 2, "++"); i++ }
        else if (rest ~ /^![A-Za-z_(]/) emit(i, 1, "")
        else if (rest ~ /^(true|false)[^A-Za-z0-9_]/ && substr(code, i - 1, 1) !~ /[A-Za-z0-9_]/) {
            match(rest, /^[a-z]+/)
            emit(i, RLENGTH, rest ~ /^true/ ? "false" : "true")
        }
    }

    if (match(code, /^ *(if|while) \(.*\)$/) && match(code, /\(/)) {
        condition = substr($0, RSTART)
        emit(RSTART, length(condition), "(!" condition ")")
    }
    # Remove a call or an assignment that is complete on its line.
    if (code ~ /^ +[a-z_][A-Za-z0-9_]*(\(|\[|->|\.| [-+|&^*\/<>]*= ).*;$/ && code !~ /^ +(return|if|while|for)[^a-z_]/) {
        match($0, /[^ ]/)
        emit(RSTART, length($0) - RSTART + 1, ";")
    }
    if (match(code, /(break|continue);$/)) emit(RSTART, RLENGTH, ";")
}
