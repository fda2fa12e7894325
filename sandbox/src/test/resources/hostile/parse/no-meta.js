// expect: rejected script_invalid
return 1;
