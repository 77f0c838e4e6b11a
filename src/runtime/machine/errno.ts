/** The numbers of `OSError` that the drivers here raise. */

export const ENOENT = 2;
export const EPERM = 1;
export const EIO = 5;
export const EBUSY = 16;
export const ENODEV = 19;
export const ETIMEDOUT = 110;
export const ENOMEM = 12;
export const EINVAL = 22;
