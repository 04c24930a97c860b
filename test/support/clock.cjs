// Loaded before the program (`node --require`): its clock is at TEST_CLOCK, an ISO time, when it starts.
const offset = Date.parse(process.env.TEST_CLOCK) - Date.now();
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }
  static now() {
    return RealDate.now() + offset;
  }
};
