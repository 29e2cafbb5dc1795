/** Logs of every format with what they say; each ends with a newline, as writers leave them. */
interface SampleLog {
  readonly name: string;
  readonly format: string;
  readonly text: string;
  readonly epochs: readonly number[];
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
}

const bar = (step: number, rest: string): string =>
  `${step}/34 [${'='.repeat(step)}>${'.'.repeat(34 - step)}] - ${rest}`;

export const SAMPLE_LOGS: readonly SampleLog[] = [
  {
    name: 'Keras 2 console with a progress bar',
    format: 'Keras console',
    text:
      [
        'Epoch 1/2',
        `${bar(1, 'ETA: 3s - loss: 2.4512 - accuracy: 0.0625')}${'\b'.repeat(60)}\r${bar(20, 'ETA: 0s - loss: 2.1 - accuracy: 0.2')}\r${bar(34, '1s 12ms/step - loss: 1.9012 - accuracy: 0.3210 - val_loss: 1.7011 - val_accuracy: ' + '0.4012')}`,
        'Epoch 00001: val_loss improved from inf to 1.70110, saving model to best.h5',
        'Epoch 2/2',
        `${bar(1, 'ETA: 0s - loss: 1.8 - accuracy: 0.5')}\r${bar(34, '1s 9ms/step - loss: 1.5012 - accuracy: 0.5010 - val_loss: 1.4011 - val_accuracy: ' + '0.5512')}`,
        '12/12 [==============================] - 0s 2ms/step - loss: 1.4444 - accuracy: 0.5555',
      ].join('\n') + '\n',
    epochs: [1, 2],
    series: {
      loss: [1.9012, 1.5012],
      accuracy: [0.321, 0.501],
      val_loss: [1.7011, 1.4011],
      val_accuracy: [0.4012, 0.5512],
    },
  },
  {
    name: 'Keras 3 console, redirected, with colours',
    format: 'Keras console',
    text:
      [
        'Epoch 1/2',
        '\u001b[1m 1/34\u001b[0m \u001b[37m━━━━━━━━━━━━━━━━━━━━\u001b[0m ' +
          '\u001b[1m9s\u001b[0m 299ms/step - accuracy: 0.0938 - loss: 2.4188',
        '\u001b[1m34/34\u001b[0m \u001b[32m━━━━━━━━━━━━━━━━━━━━\u001b[0m\u001b[37m\u001b[0m ' +
          '\u001b[1m1s\u001b[0m 6ms/step - accuracy: 0.2150 - loss: 2.2005 - val_accuracy: ' +
          '0.3083 - val_loss: 2.0314',
        'Epoch 2/2',
        '\u001b[1m34/34\u001b[0m \u001b[32m━━━━━━━━━━━━━━━━━━━━\u001b[0m\u001b[37m\u001b[0m ' +
          '\u001b[1m0s\u001b[0m 2ms/step - accuracy: 0.3911 - loss: 1.9120 - val_accuracy: ' +
          '0.4528 - val_loss: 1.7402 - learning_rate: 1.0000e-03',
      ].join('\n') + '\n',
    epochs: [1, 2],
    series: {
      accuracy: [0.215, 0.3911],
      loss: [2.2005, 1.912],
      val_accuracy: [0.3083, 0.4528],
      val_loss: [2.0314, 1.7402],
      lr: [null, 0.001],
    },
  },
  {
    name: 'Keras verbose=2',
    format: 'Keras console',
    text:
      'Epoch 1/2\n34/34 - 0s - 12ms/step - accuracy: 0.2345 - loss: 2.2012 - val_accuracy: ' +
      '0.3512 - val_loss: 2.1034\nEpoch 2/2\n34/34 - 0s - 3ms/step - accuracy: 0.4345 - loss: ' +
      '1.9012 - val_accuracy: 0.4512 - val_loss: 1.8034\nEpoch 2: early stopping\nRestoring ' +
      'model weights from the end of the best epoch: 2.\n',
    epochs: [1, 2],
    series: {
      accuracy: [0.2345, 0.4345],
      loss: [2.2012, 1.9012],
      val_accuracy: [0.3512, 0.4512],
      val_loss: [2.1034, 1.8034],
    },
  },
  {
    name: 'tfjs-node console',
    format: 'Keras console',
    text:
      'Epoch 1 / 2\neta=0.1 ====>------ acc=0.11 loss=2.33 \n123ms 3612us/step - acc=0.232 ' +
      'loss=2.32 val_acc=0.291 val_loss=2.13\nEpoch 2 / 2\n99ms 3012us/step - acc=0.401 ' +
      'loss=1.92 val_acc=0.452 val_loss=1.83\n',
    epochs: [1, 2],
    series: {
      accuracy: [0.232, 0.401],
      loss: [2.32, 1.92],
      val_accuracy: [0.291, 0.452],
      val_loss: [2.13, 1.83],
    },
  },
  {
    name: 'the PyTorch tutorial',
    format: 'Keras console',
    text:
      'Epoch 0/24\n----------\ntrain Loss: 0.5812 Acc: 0.7012\nval Loss: 0.4101 Acc: ' +
      '0.8012\n\nEpoch 1/24\n----------\ntrain Loss: 0.4312 Acc: 0.7512\nval Loss: 0.3501 Acc: ' +
      '0.8512\n\nTraining complete in 1m 3s\nBest val Acc: 0.851200\n',
    epochs: [0, 1],
    series: {
      loss: [0.5812, 0.4312],
      accuracy: [0.7012, 0.7512],
      val_loss: [0.4101, 0.3501],
      val_accuracy: [0.8012, 0.8512],
    },
  },
  {
    name: 'one line an epoch, Keras words',
    format: 'epoch lines',
    text:
      'Epoch 1/3 - loss: 2.3271 - accuracy: 0.2326 - val_loss: 2.1339 - val_accuracy: ' +
      '0.2953\nEpoch 2/3 - loss: 1.8910 - accuracy: 0.4059 - val_loss: 1.7754 - val_accuracy: ' +
      '0.4652\nEpoch 3/3 - loss: 1.5461 - accuracy: 0.5728 - val_loss: nan - val_accuracy: ' +
      '0.5794\n',
    epochs: [1, 2, 3],
    series: {
      loss: [2.3271, 1.891, 1.5461],
      accuracy: [0.2326, 0.4059, 0.5728],
      val_loss: [2.1339, 1.7754, NaN],
      val_accuracy: [0.2953, 0.4652, 0.5794],
    },
  },
  {
    name: 'key=value with a running best',
    format: 'epoch lines',
    text:
      'Epoch [1/50] train_loss=0.9012 val_loss=0.8011 lr=1.00e-03 best_val=0.8011\nEpoch ' +
      '[2/50] train_loss=0.7012 val_loss=0.9011 lr=1.00e-03 best_val=0.8011\nEpoch [3/50] ' +
      'train_loss=0.6012 val_loss=1.0011 lr=5.00e-04 best_val=0.8011\n',
    epochs: [1, 2, 3],
    series: {
      loss: [0.9012, 0.7012, 0.6012],
      val_loss: [0.8011, 0.9011, 1.0011],
      lr: [0.001, 0.001, 0.0005],
      best_val: [0.8011, 0.8011, 0.8011],
    },
  },
  {
    name: 'bars between train and valid',
    format: 'epoch lines',
    text:
      'starting up\nepoch 3 | train 0.3112 | valid 0.3512\nepoch 4 | train 0.3012 | valid ' +
      '0.3412\n',
    epochs: [3, 4],
    series: { loss: [0.3112, 0.3012], val_loss: [0.3512, 0.3412] },
  },
  {
    name: 'logger prefixes and two words',
    format: 'epoch lines',
    text:
      '2026-01-02 03:04:05,678 INFO Epoch: 1, Train Loss: 0.3012, Train Acc: 95.2% | Val Loss: ' +
      '0.3312, Val Acc: 94.1% | time: 3.2s\n2026-01-02 03:05:05,678 INFO Epoch: 2, Train Loss: ' +
      '0.2012, Train Acc: 96.2% | Val Loss: 0.2312, Val Acc: 95.1% | time: 3.1s\n',
    epochs: [1, 2],
    series: {
      loss: [0.3012, 0.2012],
      accuracy: [0.952, 0.962],
      val_loss: [0.3312, 0.2312],
      val_accuracy: [0.941, 0.951],
    },
  },
  {
    name: 'a tqdm bar',
    format: 'epoch lines',
    text:
      'Epoch 1/2:  50%|#####     | 17/34 [00:00<00:00, 30.1it/s, loss=0.9]\rEpoch 1/2: ' +
      '100%|##########| 34/34 [00:01<00:00, 30.1it/s, loss=0.8112, val_loss=0.9112]\nEpoch ' +
      '2/2: 100%|##########| 34/34 [00:01<00:00, 31.2it/s, loss=0.7112, val_loss=0.8112]\n',
    epochs: [1, 2],
    series: { loss: [0.8112, 0.7112], val_loss: [0.9112, 0.8112] },
  },
  {
    name: 'boosting rounds',
    format: 'epoch lines',
    text: '[0]\ttrain-logloss:0.65012\teval-logloss:0.66012\n[1]\ttrain-logloss:0.60012\teval-logloss:0.62012\n',
    epochs: [0, 1],
    series: { logloss: [0.65012, 0.60012], val_logloss: [0.66012, 0.62012] },
  },
  {
    name: 'JSON lines with other names',
    format: 'JSON lines',
    text: '{"epoch":0,"train/loss":1.2,"val":{"loss":NaN,"acc":0.5}}\n{"epoch":1,"train/loss":1.1,"val":{"loss":1.3,"acc":0.6}}\n{"event":"done"}\n',
    epochs: [0, 1],
    series: { loss: [1.2, 1.1], val_loss: [NaN, 1.3], val_accuracy: [0.5, 0.6] },
  },
  {
    name: 'JSON lines without epochs',
    format: 'JSON lines',
    text: '{"loss":1.2,"eval_loss":1.3}\n{"loss":1.1,"eval_loss":1.25}\n',
    epochs: [1, 2],
    series: { loss: [1.2, 1.1], val_loss: [1.3, 1.25] },
  },
  {
    name: 'Keras CSVLogger',
    format: 'CSV table',
    text: 'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.1123,2.3123,0.2123,2.2123\n1,0.2123,2.1123,0.3123,\n2,0.3123,nan,0.4123,inf\n',
    epochs: [0, 1, 2],
    series: {
      accuracy: [0.1123, 0.2123, 0.3123],
      loss: [2.3123, 2.1123, NaN],
      val_accuracy: [0.2123, 0.3123, 0.4123],
      val_loss: [2.2123, null, Infinity],
    },
  },
  {
    name: 'a table with semicolons and no epochs',
    format: 'CSV table',
    text: '"train_loss";"valid_loss";"lr"\n0.9112;0.9512;0.001\n0.8112;0.8512;0.001\n',
    epochs: [1, 2],
    series: { loss: [0.9112, 0.8112], val_loss: [0.9512, 0.8512], lr: [0.001, 0.001] },
  },
];
