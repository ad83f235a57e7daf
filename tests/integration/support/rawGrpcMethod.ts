const bytes = (message: Buffer): Buffer => message;

/** A unary method of gRPC whose messages are left as they are on the wire. */
export function rawGrpcMethod(path: string) {
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  } as const;
}
