# expect: worker_protocol
printf 'garbage on the pipe'
