// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strconv"
	"strings"
)

// step is one thing to do for a page: write a file or run a command.
type step struct {
	// line is where in the page it stands, from 1.
	line int
	// file and text are set when a file is to be written.
	file, text string

	command string
	stdout  []string
	stderr  []string
	exit    int
}

// parsePage reads the steps of a page, in order. The convention is in the
// comment at the top of docs/author/first-plugin.md.
func parsePage(page string) ([]step, error) {
	var steps []step
	lines := strings.Split(page, "\n")
	for i := 0; i < len(lines); i++ {
		info, isFence := strings.CutPrefix(lines[i], "```")
		if !isFence {
			continue
		}
		start := i + 1
		for i++; i < len(lines) && lines[i] != "```"; i++ {
		}
		if i == len(lines) {
			return nil, fmt.Errorf("line %d: this block has no end", start)
		}
		block := lines[start:i]
		if info == "console" {
			commands, err := parseConsole(block, start+1)
			if err != nil {
				return nil, err
			}
			steps = append(steps, commands...)
			continue
		}
		if _, file, ok := strings.Cut(info, " file="); ok {
			steps = append(steps, step{line: start, file: file, text: strings.Join(block, "\n") + "\n"})
		}
	}
	return steps, nil
}

func parseConsole(block []string, line int) ([]step, error) {
	var steps []step
	for i, text := range block {
		if command, ok := strings.CutPrefix(text, "$ "); ok {
			steps = append(steps, step{line: line + i, command: command})
			continue
		}
		if len(steps) == 0 {
			return nil, fmt.Errorf("line %d: a console block begins with a command", line+i)
		}
		last := &steps[len(steps)-1]
		more, isMore := strings.CutPrefix(text, "> ")
		wanted, isStderr := strings.CutPrefix(text, "! ")
		switch {
		case isMore:
			last.command += "\n" + more
		case isStderr:
			last.stderr = append(last.stderr, wanted)
		case strings.HasPrefix(text, "[exit ") && strings.HasSuffix(text, "]"):
			exit, err := strconv.Atoi(text[len("[exit ") : len(text)-1])
			if err != nil {
				return nil, fmt.Errorf("line %d: %q is not an exit status", line+i, text)
			}
			last.exit = exit
		default:
			last.stdout = append(last.stdout, text)
		}
	}
	return steps, nil
}
