// Copy this too, or put your own database behind the same four methods. The passwords are public.
import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { EventEmitter } from 'node:events';

/** What a lookup gives. The password hash is not in it, so it cannot end up on a socket. */
export interface User {
  id: string;
  name: string;
  role: 'member' | 'admin';
  disabled: boolean;
}

// scrypt with N=2^14, r=8, p=5, one of the OWASP Password Storage Cheat Sheet's minimum settings.
const cost: ScryptOptions = { N: 2 ** 14, r: 8, p: 5 };

const rows: (User & { salt: string; hash: string })[] = [
  {
    id: 'u1',
    name: 'ann',
    role: 'member',
    disabled: false,
    salt: 'Aj1JV7_KMZ_3AzBT9yFLTQ',
    hash: 'k4IHj8ywTU27jTB-1I7Nd5AbNoVkg7tvPkHqscawlTE',
  },
  {
    id: 'u2',
    name: 'bob',
    role: 'member',
    disabled: false,
    salt: 'jOMjFULLEJam9iNobo7H_g',
    hash: 'Mk87_KJjfV39yOwf67bRvDiyzpIqbwh_r9UeZP0UlHQ',
  },
  {
    id: 'u3',
    name: 'root',
    role: 'admin',
    disabled: false,
    salt: 'cxkRd5YoNOvVfW8GDgyCvg',
    hash: 'HTCmulvuhZNRi5Xyu8SIX3-GWLy1uF_faWCCd22uf9I',
  },
  {
    id: 'u4',
    name: 'dave',
    role: 'member',
    disabled: true,
    salt: 'PpoK8GuDHfsQJbsk2ZPcFQ',
    hash: 'fZ239SeMZGCh0cun-Qi2k757cUrnrXt7pz9x6rA_7OU',
  },
];

// A hash of bytes that nobody kept: it costs a wrong name as much time as a wrong password.
const nobody = {
  salt: 'JfelvlOGT0at2Vt4xMUYdw',
  hash: 'GjqIT6ag0DaQQNpVrNPgUZBto7VUjp7nNeaMrHNMM2c',
};

function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'base64url'), 32, cost, (error, bytes) =>
      error ? reject(error) : resolve(bytes),
    );
  });
}

class Users extends EventEmitter<{ gone: [id: string] }> {
  async findById(id: string): Promise<User | undefined> {
    const row = rows.find((candidate) => candidate.id === id);
    return row && { id: row.id, name: row.name, role: row.role, disabled: row.disabled };
  }

  /** The user, or undefined for a wrong password, an unknown name and a disabled account alike. */
  async verifyPassword(name: string, password: string): Promise<User | undefined> {
    const row = rows.find((candidate) => candidate.name === name);
    const { salt, hash } = row ?? nobody;
    const right = timingSafeEqual(await derive(password, salt), Buffer.from(hash, 'base64url'));
    return row && right && !row.disabled ? this.findById(row.id) : undefined;
  }

  /** Deletes the user and announces it: `gone` with the id. */
  async remove(id: string): Promise<void> {
    const index = rows.findIndex((candidate) => candidate.id === id);
    if (index >= 0) rows.splice(index, 1);
    this.emit('gone', id);
  }

  /** Disables the user and announces it: `gone` with the id. */
  async disable(id: string): Promise<void> {
    const row = rows.find((candidate) => candidate.id === id);
    if (row) row.disabled = true;
    this.emit('gone', id);
  }
}

export const users = new Users();
