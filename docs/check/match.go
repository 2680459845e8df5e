// SPDX-License-Identifier: Apache-2.0

package main

import (
	"regexp"
	"strings"
)

const anything = "…"

var placeholders = strings.NewReplacer(
	anything, `.*`,
	`<millis>`, `[0-9]{13}`,
	`<number>`, `[0-9]+`,
	`<text>`, `\S+`,
)

// matchesLine says whether a printed line is what the page expects.
func matchesLine(expected, printed string) bool {
	pattern := placeholders.Replace(regexp.QuoteMeta(strings.TrimRight(expected, " \t\r")))
	return regexp.MustCompile(`^` + pattern + `$`).MatchString(strings.TrimRight(printed, " \t\r"))
}

// matchesAll says whether the printed lines are what the page expects, where an
// expected line that is only "…" stands for any number of lines.
func matchesAll(expected, printed []string) bool {
	if len(expected) == 0 {
		return len(printed) == 0
	}
	if expected[0] == anything {
		for skipped := 0; skipped <= len(printed); skipped++ {
			if matchesAll(expected[1:], printed[skipped:]) {
				return true
			}
		}
		return false
	}
	return len(printed) > 0 && matchesLine(expected[0], printed[0]) && matchesAll(expected[1:], printed[1:])
}

// missingLine returns the first expected line that is not among the printed
// ones, in order.
func missingLine(expected, printed []string) (line string, missing bool) {
	for _, line := range expected {
		found := false
		for len(printed) > 0 && !found {
			found = matchesLine(line, printed[0])
			printed = printed[1:]
		}
		if !found {
			return line, true
		}
	}
	return "", false
}

// linesOf splits an output; white space at its end does not count.
func linesOf(output string) []string {
	output = strings.TrimRight(output, " \t\r\n")
	if output == "" {
		return nil
	}
	return strings.Split(output, "\n")
}
