/** The password of every user of a test's issuer (Dex). */
export const userPassword = 'password of the tests';

/** bcrypt of {@link userPassword}; Dex takes no other form, and no fewer than 2^10 rounds. */
export const passwordHash = '$2b$10$ABvTkOnz0qjuURBezRpALOO7eft4rztJycmjjDKVTDBSE3j43yy.a';

/** What a test's issuer knows its client by. */
export const clientSecret = 'secret of the client';
