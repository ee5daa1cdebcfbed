// The accounts, for an admin.
import { button, find } from '../lib/dom.ts';
import { request } from './page-account.ts';
import { element } from './page-messages.ts';

type Account = { id: string; name: string; role: string; disabled: boolean };
const list = find('#accounts', HTMLElement);
let last = '';

/** Shows the first accounts, or those behind the last one that is shown. */
export async function showUsers(from = ''): Promise<void> {
  const { users } = await request<{ users: Account[] }>('GET', `/admin/users?after=${from}`);
  if (from === '') list.replaceChildren();
  list.append(...users.map(itemOf));
  last = users.at(-1)?.name ?? last;
  button('#more-users').hidden = users.length < 100;
}
export const moreUsers = () => showUsers(last);

function itemOf({ id, name, role, disabled }: Account): HTMLElement {
  const item = element('li');
  const words = [name, ...(role === 'admin' ? ['admin'] : []), ...(disabled ? ['disabled'] : [])];
  item.append(element('span', words.join(', ')));
  if (role !== 'admin') {
    const what = disabled ? 'Enable' : 'Disable';
    const press = element('button', what);
    press.className = 'plain';
    press.setAttribute('aria-label', `${what} ${name}`);
    press.dataset.account = id;
    press.dataset.what = what.toLowerCase();
    item.append(press);
  }
  return item;
}

/** Disables or enables the account of the button that was pressed. */
export async function change({ account, what }: DOMStringMap): Promise<void> {
  if (!account || !what) return;
  await request('POST', `/admin/users/${account}/${what}`, {});
  await showUsers();
}
