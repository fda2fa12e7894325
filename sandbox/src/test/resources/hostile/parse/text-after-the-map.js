// expect: finished 1
export const meta = {name: 'hostile', description: 'an attack'};
return 1;
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbIi9ldGMvcGFzc3dkIl0sIm1hcHBpbmdzIjoiQUFBQSJ9
//# sourceURL=file:///etc/passwd
