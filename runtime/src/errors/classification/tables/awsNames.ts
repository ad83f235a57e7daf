import type { CodesByCategory } from '../codeTable.ts';

/**
 * Names of errors that services of AWS answer, in `name` (version 3 of the SDK) or `code` (version 2), which tell more than
 * that a service did not do what it was asked for. What DynamoDB refuses is a database's.
 *
 * Sources: AWS General Reference, "Common Errors"; Amazon S3, IAM, STS, Cognito and DynamoDB API references, "Errors";
 * @aws-sdk/client-dynamodb, dist-types/models.
 */
export const AWS_NAMES: CodesByCategory = {
  authentication: [
    'AccessDenied',
    'AccessDeniedException',
    'AccountProblem',
    'AllAccessDisabled',
    'AuthFailure',
    'AuthorizationError',
    'ExpiredToken',
    'ExpiredTokenException',
    'IDPRejectedClaim',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'InvalidAccessKeyId',
    'InvalidClientTokenId',
    'InvalidIdentityToken',
    'InvalidSignatureException',
    'InvalidToken',
    'KMSAccessDeniedException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'NotAuthorized',
    'NotAuthorizedException',
    'OptInRequired',
    'PasswordResetRequiredException',
    'RequestExpired',
    'RequestTimeTooSkewed',
    'SignatureDoesNotMatch',
    'TokenRefreshRequired',
    'UnauthorizedException',
    'UnauthorizedOperation',
    'UnrecognizedClientException',
    'UserNotConfirmedException',
  ],
  database: [
    'ConditionalCheckFailedException',
    'DynamoDBServiceException',
    'ItemCollectionSizeLimitExceededException',
    'TransactionCanceledException',
    'TransactionConflictException',
    'TransactionInProgressException',
  ],
};
