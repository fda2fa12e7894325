# expect: worker_protocol
printf '\377\377\377\377'
