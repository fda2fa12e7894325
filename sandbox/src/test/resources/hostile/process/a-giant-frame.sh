# expect: worker_protocol
printf '\177\377\377\377'
