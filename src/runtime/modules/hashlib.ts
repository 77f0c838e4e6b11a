/** The `hashlib` module: hashes that give their digest once. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { type Bytes, toBytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";
import type { BlockHash } from "../crypto/block-hash.js";
import { Md5 } from "../crypto/md5.js";
import { Sha1 } from "../crypto/sha1.js";
import { Sha256 } from "../crypto/sha256.js";

abstract class Hash extends PyObject {
  declare $hash: BlockHash;

  protected abstract $begin(): BlockHash;

  override __init__(data?: Value): Value {
    this.$hash = this.$begin();
    if (data !== undefined) Hash.prototype.update.call(this, data);
    return null;
  }

  update(data: Value): null {
    this.$open().update(bytesOf(data));
    return null;
  }

  digest(): Bytes {
    return toBytes(this.$open().digest());
  }

  private $open(): BlockHash {
    if (this.$hash.isFinal) throw new ValueError("hash is final");
    return this.$hash;
  }
}

define(Hash, {
  name: "hash",
  builtin: true,
  methods: { __init__: "data=, /", update: "data, /", digest: "/" },
});

export class md5 extends Hash {
  protected $begin(): BlockHash {
    return new Md5();
  }
}
define(md5, { builtin: true });

export class sha1 extends Hash {
  protected $begin(): BlockHash {
    return new Sha1();
  }
}
define(sha1, { builtin: true });

export class sha256 extends Hash {
  protected $begin(): BlockHash {
    return new Sha256();
  }
}
define(sha256, { builtin: true });
