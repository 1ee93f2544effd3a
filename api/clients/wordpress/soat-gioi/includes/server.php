<?php
/**
 * Asking the server, and saying in plain words why it did not answer.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

/** Milliseconds the server may take for a check. */
const BUDGET = 8000;

/** Seconds after which the server counts as gone. */
const PATIENCE = 15;

/**
 * Have an article checked.
 *
 * @param array<string, mixed> $article What is sent.
 * @return array<string, mixed> A result, see result.php; one with `checked` false where the server could not check.
 */
function check( array $article ) {
	if ( ! configured() ) {
		return unchecked( 'settings', 'Chưa đặt địa chỉ máy chủ hoặc khóa. Xin nhờ người quản trị vào Cài đặt > Soát giới.' );
	}
	$settings = settings();
	$body     = wp_json_encode( array_merge( $article, array( 'budget_ms' => BUDGET ) ) );
	if ( false === $body ) {
		return unchecked( 'article', 'Bài có ký tự không phải Unicode hợp lệ nên chưa gửi đi soát được.' );
	}
	$answer = wp_remote_post(
		untrailingslashit( $settings['server'] ) . '/v1/checks',
		array(
			'timeout'     => PATIENCE,
			// The key goes to the server that was set and nowhere else.
			'redirection' => 0,
			'headers'     => array(
				'Authorization' => 'Bearer ' . $settings['key'],
				'Content-Type'  => 'application/json; charset=utf-8',
				'Accept'        => 'application/json',
			),
			'body'        => $body,
			'user-agent'  => 'soat-gioi-wordpress/' . VERSION,
		)
	);
	if ( is_wp_error( $answer ) ) {
		return unchecked( 'unreachable', 'Không gọi được máy chủ soát giới. Xin thử lại; nếu vẫn không được, xin báo người quản trị.' );
	}
	$status = (int) wp_remote_retrieve_response_code( $answer );
	$read   = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( 200 !== $status ) {
		return unchecked( (string) $status, trouble( $status, $read, (string) wp_remote_retrieve_header( $answer, 'retry-after' ) ) );
	}
	if ( ! is_array( $read ) || ! isset( GATES[ $read['gate'] ?? '' ] ) || ! is_array( $read['findings'] ?? null ) ) {
		return unchecked( 'answer', 'Máy chủ trả lời không đúng mẫu. Xin nhờ người quản trị xem lại địa chỉ trong Cài đặt > Soát giới.' );
	}
	if ( ! empty( $read['incomplete'] ) ) {
		return unchecked( 'late', 'Máy chủ chưa soát kịp bài này. Xin thử lại sau ít phút.' );
	}
	return result_of( $read );
}

/**
 * Say why the server refused.
 *
 * @param int    $status HTTP status.
 * @param mixed  $read   What it answered.
 * @param string $wait   Seconds after which it can be asked again, as it said.
 * @return string
 */
function trouble( $status, $read, $wait ) {
	$said = is_array( $read ) && is_string( $read['title'] ?? null ) ? $read['title'] : '';
	switch ( $status ) {
		case 401:
			return 'Máy chủ không nhận khóa của tòa soạn: khóa sai, hết hạn hoặc đã bị thu hồi. Xin nhờ người quản trị đặt lại khóa trong Cài đặt > Soát giới.';
		case 403:
			return 'Khóa của tòa soạn không có quyền soát bài. Xin nhờ người quản trị đổi khóa trong Cài đặt > Soát giới.';
		case 404:
			return 'Địa chỉ máy chủ soát giới chưa đúng. Xin nhờ người quản trị xem lại trong Cài đặt > Soát giới.';
		case 413:
			return 'Bài quá dài nên máy chủ không nhận.';
		case 429:
			$words = '' !== $said ? $said : 'Tòa soạn đã dùng hết hạn mức soát bài.';
			/* translators: %d: seconds. */
			return ctype_digit( $wait ) ? $words . sprintf( ' Soát lại được sau %d giây.', $wait ) : $words;
		case 503:
			return 'Máy chủ soát giới đang bận. Xin thử lại sau ít phút.';
	}
	/* translators: %d: HTTP status. */
	return sprintf( 'Máy chủ soát giới trả lời mã %d.', $status ) . ( '' !== $said ? " $said" : ' Xin thử lại.' );
}
