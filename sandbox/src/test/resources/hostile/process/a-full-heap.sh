# expect: script_memory
exit 3
